#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#include <bits/alltypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How a locale writes numbers: in every locale as C does. A constant, not to be freed or changed.
 * Cannot fail. FreeBSD; localeconv() of POSIX for a locale object. */
struct lconv *localeconv_l(locale_t locale);

#ifdef __cplusplus
}
#endif
#endif
