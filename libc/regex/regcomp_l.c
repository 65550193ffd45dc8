// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <regex.h>

#include "with_locale.h"

int regcomp_l(regex_t *restrict expression, const char *restrict pattern, int flags,
              locale_t locale) {
    return WITH_LOCALE(locale, regcomp(expression, pattern, flags));
}

int regncomp_l(regex_t *restrict expression, const char *restrict pattern, size_t size, int flags,
               locale_t locale) {
    return WITH_LOCALE(locale, regncomp(expression, pattern, size, flags));
}

int regexec_l(const regex_t *restrict expression, const char *restrict text, size_t count,
              regmatch_t matches[restrict], int flags, locale_t locale) {
    return WITH_LOCALE(locale, regexec(expression, text, count, matches, flags));
}

int regnexec_l(const regex_t *restrict expression, const char *restrict text, size_t size,
               size_t count, regmatch_t matches[restrict], int flags, locale_t locale) {
    return WITH_LOCALE(locale, regnexec(expression, text, size, count, matches, flags));
}

size_t regerror_l(int error, const regex_t *restrict expression, char *restrict text, size_t size,
                  locale_t locale) {
    return WITH_LOCALE(locale, regerror(error, expression, text, size));
}
