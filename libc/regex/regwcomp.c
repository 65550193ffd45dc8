// SPDX-License-Identifier: BSD-2-Clause
// Regular expressions and texts of wide characters. They are matched as UTF-8, in every locale.

#define _GNU_SOURCE
#include <regex.h>
#include <stdlib.h>
#include <wchar.h>

#include "locale_impl.h"

// `ends[i]` is where character i of the text ends. NULL if it is not a character, or with
// `*error` of REG_ESPACE.
static char *encode(const wchar_t *text, size_t size, size_t **ends, int *error) {
    char *bytes = calloc(size + 1, 4);
    *ends = calloc(size + 1, sizeof(**ends));
    *error = bytes == NULL || *ends == NULL ? REG_ESPACE : 0;
    mbstate_t state = {0};
    for (size_t i = 0, used = 0; i < size && *error == 0; ++i) {
        size_t length = wcrtomb(bytes + used, text[i], &state);
        used += length;
        if (length == (size_t)-1)
            *error = REG_BADPAT;
        (*ends)[i] = used;
    }
    return bytes;
}

static regoff_t characters(const size_t *ends, size_t size, regoff_t bytes) {
    size_t low = 0, high = size;
    while (low < high) { // the number of characters that end there or before
        size_t middle = low + (high - low) / 2;
        if (ends[middle] <= (size_t)bytes)
            low = middle + 1;
        else
            high = middle;
    }
    return (regoff_t)low;
}

int regwncomp(regex_t *restrict expression, const wchar_t *restrict pattern, size_t size,
              int flags) {
    locale_t before = uselocale(UTF8_LOCALE);
    size_t *ends;
    int error;
    char *bytes = encode(pattern, size, &ends, &error);
    if (error == 0)
        error = regncomp(expression, bytes, size == 0 ? 0 : ends[size - 1], flags);
    free(ends);
    free(bytes);
    uselocale(before);
    return error;
}

int regwnexec(const regex_t *restrict expression, const wchar_t *restrict text, size_t size,
              size_t count, regmatch_t matches[restrict], int flags) {
    locale_t before = uselocale(UTF8_LOCALE);
    size_t *ends;
    int error;
    char *bytes = encode(text, size, &ends, &error);
    regmatch_t *found = calloc(count + 1, sizeof(*found));
    if (found == NULL)
        error = REG_ESPACE;
    if (error == 0) {
        found[0].rm_so = -1; // REG_NOSUB leaves it so
        error = regnexec(expression, bytes, size == 0 ? 0 : ends[size - 1], count, found, flags);
    } else if (error == REG_BADPAT) {
        error = REG_NOMATCH;
    }
    for (size_t i = 0; error == 0 && i < count && found[0].rm_so >= 0; ++i) {
        matches[i] = found[i];
        if (found[i].rm_so >= 0) {
            matches[i].rm_so = characters(ends, size, found[i].rm_so);
            matches[i].rm_eo = characters(ends, size, found[i].rm_eo);
        }
    }
    free(found);
    free(ends);
    free(bytes);
    uselocale(before);
    return error;
}

int regwcomp(regex_t *restrict expression, const wchar_t *restrict pattern, int flags) {
    return regwncomp(expression, pattern, wcslen(pattern), flags);
}

int regwexec(const regex_t *restrict expression, const wchar_t *restrict text, size_t count,
             regmatch_t matches[restrict], int flags) {
    return regwnexec(expression, text, wcslen(text), count, matches, flags);
}

int regwcomp_l(regex_t *restrict expression, const wchar_t *restrict pattern, int flags,
               locale_t locale) {
    return regwcomp(expression, pattern, flags);
}

int regwncomp_l(regex_t *restrict expression, const wchar_t *restrict pattern, size_t size,
                int flags, locale_t locale) {
    return regwncomp(expression, pattern, size, flags);
}
