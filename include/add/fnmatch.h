#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#include <bits/alltypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* fnmatch(), in the locale given in place of the thread's. The original's <fnmatch.h>. */
int fnmatch_l(const char *pattern, const char *text, int flags, locale_t);

#ifdef __cplusplus
}
#endif
#endif
