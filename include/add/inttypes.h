#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#include <bits/alltypes.h>
#ifdef __cplusplus
extern "C" {
#endif

/* strtoimax() and strtoumax(): numbers are written alike in every locale. macOS, FreeBSD. */
intmax_t strtoimax_l(const char *__restrict, char **__restrict, int, locale_t);
uintmax_t strtoumax_l(const char *__restrict, char **__restrict, int, locale_t);

#ifdef __cplusplus
}
#endif
#endif
