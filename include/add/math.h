/* POSIX: part of X/Open, which _GNU_SOURCE asks for as well. */
#if defined(_GNU_SOURCE) && !defined(MAXFLOAT)
#define MAXFLOAT __FLT_MAX__
#endif
