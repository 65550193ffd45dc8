#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#ifdef __cplusplus
extern "C" {
#endif

/* Opens the directory `path` below the directory `dirfd`. NULL with errno: ENOMEM and those of
 * openat() with O_RDONLY | O_DIRECTORY. For closedir(). The original's <dirent.h>. */
DIR *opendirat(int dirfd, const char *path);

/* Closes a directory stream and returns its descriptor, for the caller to close. Cannot fail.
 * FreeBSD's <dirent.h>. */
int fdclosedir(DIR *dir);

/* Stores in `*entries` an array of copies of those entries of the directory `path` below `fd` for
 * which `select` (NULL: any) is non-zero, sorted by `compare` unless it is NULL. Returns their
 * number; the caller frees each and the array. -1 with errno: ENOMEM, those of opendirat() and of
 * readdir(). GNU's <dirent.h>. */
int scandirat(int fd, const char *__restrict path, struct dirent ***__restrict entries,
              int (*select)(const struct dirent *),
              int (*compare)(const struct dirent **, const struct dirent **));

#ifdef __cplusplus
}
#endif
#endif
