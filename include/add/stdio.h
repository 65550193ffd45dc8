/* There are no names for temporary files, no terminal and no user to name. */
#undef L_cuserid
#undef L_ctermid
#undef L_tmpnam
#undef P_tmpdir
#undef TMP_MAX

#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#ifdef __cplusplus
extern "C" {
#endif

/* stderr
 *
 * An object without a descriptor: what is written to it is dropped, successfully, until the
 * program attaches a stream that it was granted with fswap(). fclose(stderr) brings this back. */

/* Opens `path` below the directory `dirfd`, with fopen()'s modes. NULL with errno: EINVAL for the
 * mode, ENOMEM, and those of openat(). The stream is for fclose(). The original's <stdio.h>. */
FILE *fopenat(int dirfd, const char *__restrict path, const char *__restrict mode);

/* Exchanges what two streams hold: descriptor, buffer, position, state. Pointers to them stay what
 * they are, so that everyone who has one uses the other's contents from then on. Attached to
 * stderr, a buffered stream flushes at each newline unless setvbuf() said otherwise. Cannot fail;
 * of those who use the streams meanwhile each operation meets one or the other. The original's
 * <stdio.h>. */
void fswap(FILE *a, FILE *b);

#ifdef __cplusplus
}
#endif
#endif
