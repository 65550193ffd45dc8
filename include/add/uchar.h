#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#include <bits/alltypes.h>
#ifdef __cplusplus
extern "C" {
#endif

/* The functions of C11 without `_l`, in the encoding of the locale given in place of the thread's;
 * the same errors. macOS, FreeBSD. */
size_t c16rtomb_l(char *__restrict, char16_t, mbstate_t *__restrict, locale_t);
size_t c32rtomb_l(char *__restrict, char32_t, mbstate_t *__restrict, locale_t);
size_t mbrtoc16_l(char16_t *__restrict, const char *__restrict, size_t, mbstate_t *__restrict,
                  locale_t);
size_t mbrtoc32_l(char32_t *__restrict, const char *__restrict, size_t, mbstate_t *__restrict,
                  locale_t);

#ifdef __cplusplus
}
#endif
#endif
