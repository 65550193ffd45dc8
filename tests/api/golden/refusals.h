#ifndef _CLOUDABI_HIDE_REMOVED
#ifdef __cplusplus
extern "C" {
#endif
#if !defined(_CLOUDABI_COMPAT) && (defined(_GNU_SOURCE))
#ifndef optarg
extern char *optarg __attribute__((__unavailable__("there is no argv; leave it out (or build with --compat)")));
#endif
#endif
#ifndef open
int open(const char *, int, ...) __attribute__((__unavailable__("no global file namespace; use openat()")));
#endif
#if (defined(_LARGEFILE64_SOURCE) || defined(_GNU_SOURCE))
struct stat;
#undef creat64
int creat64(const char *, mode_t) __attribute__((__unavailable__("it said \"64\"; use openat()")));
#ifndef stat
int stat(const char *, struct stat *) __attribute__((__unavailable__("no global file namespace; use openat()")));
#endif
#endif
#ifdef __cplusplus
}
#endif
#endif
