#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

/* strfmon() and strfmon_l() with their amounts in a list. The original's <monetary.h>. */
ssize_t vstrfmon(char *__restrict text, size_t size, const char *__restrict format, va_list);
ssize_t vstrfmon_l(char *__restrict text, size_t size, locale_t, const char *__restrict format,
                   va_list);

#ifdef __cplusplus
}
#endif
#endif
