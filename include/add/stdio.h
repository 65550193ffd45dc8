#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#include <bits/alltypes.h>
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

/* The functions of the same names without _l, under `locale` instead of the calling thread's, with
 * the same errors. FreeBSD's <xlocale.h> and the original's <stdio.h>. */
int fprintf_l(FILE *__restrict f, locale_t locale, const char *__restrict format, ...);
int vfprintf_l(FILE *__restrict f, locale_t locale, const char *__restrict format, __isoc_va_list);
int snprintf_l(char *__restrict text, size_t size, locale_t locale, const char *__restrict format,
               ...);
int vsnprintf_l(char *__restrict text, size_t size, locale_t locale, const char *__restrict format,
                __isoc_va_list);
int asprintf_l(char **text, locale_t locale, const char *__restrict format, ...);
int vasprintf_l(char **text, locale_t locale, const char *__restrict format, __isoc_va_list);
int dprintf_l(int fd, locale_t locale, const char *__restrict format, ...);
int vdprintf_l(int fd, locale_t locale, const char *__restrict format, __isoc_va_list);
int fscanf_l(FILE *__restrict f, locale_t locale, const char *__restrict format, ...);
int vfscanf_l(FILE *__restrict f, locale_t locale, const char *__restrict format, __isoc_va_list);
int sscanf_l(const char *__restrict text, locale_t locale, const char *__restrict format, ...);
int vsscanf_l(const char *__restrict text, locale_t locale, const char *__restrict format,
              __isoc_va_list);
void perror_l(const char *message, locale_t locale);

/* Likewise; the stream keeps the locale's encoding when it becomes wide, whatever the thread's is
 * then. */
FILE *fdopen_l(int fd, const char *mode, locale_t locale);
FILE *fopenat_l(int dirfd, const char *__restrict path, const char *__restrict mode,
                locale_t locale);
FILE *fmemopen_l(void *__restrict data, size_t size, const char *__restrict mode, locale_t locale);
FILE *open_memstream_l(char **data, size_t *len, locale_t locale);
FILE *tmpfile_l(locale_t locale);

#ifdef __cplusplus
}
#endif
#endif
