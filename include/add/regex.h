#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#define __NEED_locale_t
#define __NEED_wchar_t
#include <bits/alltypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* regcomp() and regexec() with the sizes of pattern and text given. A pattern with a null character
 * is answered with REG_BADPAT. Nothing matches a null character of the text, and no match goes
 * across one. macOS, FreeBSD. */
int regncomp(regex_t *__restrict, const char *__restrict pattern, size_t size, int flags);
int regnexec(const regex_t *__restrict, const char *__restrict text, size_t size, size_t count,
             regmatch_t *__restrict matches, int flags);

/* The same for wide characters; offsets in matches are in characters. An expression compiled by
 * one of these is matched by one of these. What is not a character is REG_BADPAT in a pattern, and
 * not matched in a text. macOS, FreeBSD. */
int regwcomp(regex_t *__restrict, const wchar_t *__restrict pattern, int flags);
int regwexec(const regex_t *__restrict, const wchar_t *__restrict text, size_t count,
             regmatch_t *__restrict matches, int flags);
int regwncomp(regex_t *__restrict, const wchar_t *__restrict pattern, size_t size, int flags);
int regwnexec(const regex_t *__restrict, const wchar_t *__restrict text, size_t size, size_t count,
              regmatch_t *__restrict matches, int flags);

/* The functions without `_l`, in the locale given in place of the thread's. macOS; regexec_l() and
 * regerror_l() are the original's. */
int regcomp_l(regex_t *__restrict, const char *__restrict, int, locale_t);
int regncomp_l(regex_t *__restrict, const char *__restrict, size_t, int, locale_t);
int regwcomp_l(regex_t *__restrict, const wchar_t *__restrict, int, locale_t);
int regwncomp_l(regex_t *__restrict, const wchar_t *__restrict, size_t, int, locale_t);
int regexec_l(const regex_t *__restrict, const char *__restrict, size_t, regmatch_t *__restrict,
              int, locale_t);
int regnexec_l(const regex_t *__restrict, const char *__restrict, size_t, size_t,
               regmatch_t *__restrict, int, locale_t);
size_t regerror_l(int, const regex_t *__restrict, char *__restrict, size_t, locale_t);

#ifdef __cplusplus
}
#endif
#endif
