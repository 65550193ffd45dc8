#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
#include <stdint.h>

#define __NEED_locale_t
#include <bits/alltypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Random numbers fit for cryptography, without a seed. They do not fail: a system without a source
 * of randomness ends the program. OpenBSD; the ABI's random_get. */

/* All 2^32 values are equally likely. */
uint32_t arc4random(void);

/* A number below `bound`, all of them equally likely; 0 where there is no choice. */
uint32_t arc4random_uniform(uint32_t bound);

/* Fills `buffer`. */
void arc4random_buf(void *buffer, size_t len);

/* The functions of POSIX without `_l`, in the locale given in place of the thread's. macOS,
 * FreeBSD. */
long strtol_l(const char *__restrict, char **__restrict, int, locale_t);
long long strtoll_l(const char *__restrict, char **__restrict, int, locale_t);
unsigned long strtoul_l(const char *__restrict, char **__restrict, int, locale_t);
unsigned long long strtoull_l(const char *__restrict, char **__restrict, int, locale_t);
int mblen_l(const char *, size_t, locale_t);
int mbtowc_l(wchar_t *__restrict, const char *__restrict, size_t, locale_t);
int wctomb_l(char *, wchar_t, locale_t);
size_t mbstowcs_l(wchar_t *__restrict, const char *__restrict, size_t, locale_t);
size_t wcstombs_l(char *__restrict, const wchar_t *__restrict, size_t, locale_t);
size_t __mb_cur_max_l(locale_t);
#define MB_CUR_MAX_L(locale) __mb_cur_max_l(locale)

/* Writes the lower 32 bits of `number` for a64l() into a buffer of `len` bytes. 0, or -1 with
 * ERANGE; 7 bytes always do. NetBSD. */
int l64a_r(long number, char *buffer, int len);

#ifdef __cplusplus
}
#endif
#endif
