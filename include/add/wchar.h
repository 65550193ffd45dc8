#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_ssize_t
#include <bits/alltypes.h>
#ifdef __cplusplus
extern "C" {
#endif

/* getdelim() and getline() for wide characters: reads up to and with `delimiter` into `*line`, an
 * allocated array of `*space` characters or NULL, made larger where needed; the caller frees it.
 * Returns the number of characters before the terminator, or -1 at the end of the stream and with
 * errno for a failure: EINVAL, EOVERFLOW, ENOMEM and those of fgetwc(). NetBSD's and the
 * original's <wchar.h>. */
ssize_t getwdelim(wchar_t **__restrict line, size_t *__restrict space, wint_t delimiter,
                  FILE *__restrict f);
ssize_t getwline(wchar_t **__restrict line, size_t *__restrict space, FILE *__restrict f);

/* asprintf() for wide characters: `*text` is allocated, for the caller to free. -1 with errno:
 * ENOMEM, EILSEQ and those of fwprintf(). The original's <wchar.h>. */
int aswprintf(wchar_t **__restrict text, const wchar_t *__restrict format, ...);
int vaswprintf(wchar_t **__restrict text, const wchar_t *__restrict format, __isoc_va_list);

/* dprintf() for wide characters, as the locale encodes them. -1 with errno: EILSEQ and those of
 * write(). The original's <wchar.h>. */
int dwprintf(int fd, const wchar_t *__restrict format, ...);
int vdwprintf(int fd, const wchar_t *__restrict format, __isoc_va_list);

/* strlcpy() and strlcat() for wide characters: at most `size` of them, terminator included, are in
 * `to` afterwards. Returns the length that an array large enough would have got. Cannot fail.
 * BSD's <wchar.h>. */
size_t wcslcpy(wchar_t *__restrict to, const wchar_t *__restrict from, size_t size);
size_t wcslcat(wchar_t *__restrict to, const wchar_t *__restrict from, size_t size);

/* strndup() for wide characters: for the caller to free; NULL with ENOMEM. The original's
 * <wchar.h>. */
wchar_t *wcsndup(const wchar_t *text, size_t size);

/* memmem() for wide characters, sizes in characters: the first place of `part` in `text`, or NULL.
 * The original's <wchar.h>. */
wchar_t *wmemmem(const wchar_t *text, size_t size, const wchar_t *part, size_t part_size);

#ifdef __cplusplus
}
#endif
#endif

#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#ifdef __cplusplus
extern "C" {
#endif

/* The functions of POSIX without `_l`, in the locale given in place of the thread's; the same
 * errors. macOS, FreeBSD. */
wint_t btowc_l(int, locale_t);
int wctob_l(wint_t, locale_t);
size_t mbrlen_l(const char *__restrict, size_t, mbstate_t *__restrict, locale_t);
size_t mbrtowc_l(wchar_t *__restrict, const char *__restrict, size_t, mbstate_t *__restrict,
                 locale_t);
size_t wcrtomb_l(char *__restrict, wchar_t, mbstate_t *__restrict, locale_t);
size_t mbsrtowcs_l(wchar_t *__restrict, const char **__restrict, size_t, mbstate_t *__restrict,
                   locale_t);
size_t mbsnrtowcs_l(wchar_t *__restrict, const char **__restrict, size_t, size_t,
                    mbstate_t *__restrict, locale_t);
size_t wcsrtombs_l(char *__restrict, const wchar_t **__restrict, size_t, mbstate_t *__restrict,
                   locale_t);
size_t wcsnrtombs_l(char *__restrict, const wchar_t **__restrict, size_t, size_t,
                    mbstate_t *__restrict, locale_t);
float wcstof_l(const wchar_t *__restrict, wchar_t **__restrict, locale_t);
double wcstod_l(const wchar_t *__restrict, wchar_t **__restrict, locale_t);
long double wcstold_l(const wchar_t *__restrict, wchar_t **__restrict, locale_t);

/* Formats, likewise. FreeBSD's <xlocale.h> and the original's <wchar.h>. */
int fwprintf_l(FILE *__restrict f, locale_t locale, const wchar_t *__restrict format, ...);
int vfwprintf_l(FILE *__restrict f, locale_t locale, const wchar_t *__restrict format,
                __isoc_va_list);
int swprintf_l(wchar_t *__restrict text, size_t size, locale_t locale,
               const wchar_t *__restrict format, ...);
int vswprintf_l(wchar_t *__restrict text, size_t size, locale_t locale,
                const wchar_t *__restrict format, __isoc_va_list);
int aswprintf_l(wchar_t **__restrict text, locale_t locale, const wchar_t *__restrict format, ...);
int vaswprintf_l(wchar_t **__restrict text, locale_t locale, const wchar_t *__restrict format,
                 __isoc_va_list);
int dwprintf_l(int fd, locale_t locale, const wchar_t *__restrict format, ...);
int vdwprintf_l(int fd, locale_t locale, const wchar_t *__restrict format, __isoc_va_list);
int fwscanf_l(FILE *__restrict f, locale_t locale, const wchar_t *__restrict format, ...);
int vfwscanf_l(FILE *__restrict f, locale_t locale, const wchar_t *__restrict format,
               __isoc_va_list);
int swscanf_l(const wchar_t *__restrict text, locale_t locale, const wchar_t *__restrict format,
              ...);
int vswscanf_l(const wchar_t *__restrict text, locale_t locale, const wchar_t *__restrict format,
               __isoc_va_list);

/* strfmon() for wide characters: writes amounts of money, of type double, into `size` characters.
 * The length, or -1 with E2BIG, EINVAL for the format, or ENOMEM. The original's <wchar.h>. */
ssize_t wcsfmon(wchar_t *__restrict text, size_t size, const wchar_t *__restrict format, ...);
ssize_t vwcsfmon(wchar_t *__restrict text, size_t size, const wchar_t *__restrict format,
                 __isoc_va_list);
ssize_t wcsfmon_l(wchar_t *__restrict text, size_t size, locale_t locale,
                  const wchar_t *__restrict format, ...);
ssize_t vwcsfmon_l(wchar_t *__restrict text, size_t size, locale_t locale,
                   const wchar_t *__restrict format, __isoc_va_list);

/* strptime() for wide characters: where the date ends in the text, or NULL if it does not follow
 * the format, or for lack of memory. The original's <wchar.h>. */
wchar_t *wcsptime(const wchar_t *__restrict text, const wchar_t *__restrict format,
                  struct tm *__restrict date);
wchar_t *wcsptime_l(const wchar_t *__restrict text, const wchar_t *__restrict format,
                    struct tm *__restrict date, locale_t locale);

/* strverscmp() for wide characters: negative, 0 or positive, with numbers inside the texts compared
 * as numbers, and as fractions where they begin with 0. The original's <wchar.h>. */
int wcsverscmp(const wchar_t *a, const wchar_t *b);

#ifdef __cplusplus
}
#endif
#endif
