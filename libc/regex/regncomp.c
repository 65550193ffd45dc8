// SPDX-License-Identifier: BSD-2-Clause
// Regular expressions and texts of given sizes. Nothing matches a null character: an expression
// cannot contain one, and is tried on each part of the text between them.

#define _GNU_SOURCE
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int regncomp(regex_t *restrict expression, const char *restrict pattern, size_t size, int flags) {
    if (memchr(pattern, '\0', size) != NULL)
        return REG_BADPAT;
    char *copy = strndup(pattern, size);
    if (copy == NULL)
        return REG_ESPACE;
    int error = regcomp(expression, copy, flags);
    free(copy);
    return error;
}

int regnexec(const regex_t *restrict expression, const char *restrict text, size_t size,
             size_t count, regmatch_t matches[restrict], int flags) {
    char *copy = malloc(size + 1);
    // An expression for REG_NOSUB leaves the caller's array alone, so it cannot be the one.
    regmatch_t *found = calloc(count + 1, sizeof(*found));
    int error = copy == NULL || found == NULL ? REG_ESPACE : REG_NOMATCH;
    if (error == REG_NOMATCH) {
        memcpy(copy, text, size);
        copy[size] = '\0';
        found[0].rm_so = -1;
    }
    for (size_t start = 0; start <= size && error == REG_NOMATCH;) {
        size_t length = strlen(copy + start);
        bool last = start + length == size;
        int ends = (start > 0 ? REG_NOTBOL : 0) | (last ? 0 : REG_NOTEOL);
        error = regexec(expression, copy + start, count, found, flags | ends);
        for (size_t i = 0; error == 0 && i < count && found[0].rm_so >= 0; ++i) {
            regoff_t shift = found[i].rm_so < 0 ? 0 : (regoff_t)start;
            matches[i].rm_so = found[i].rm_so + shift;
            matches[i].rm_eo = found[i].rm_eo + shift;
        }
        start += length + 1;
    }
    free(found);
    free(copy);
    return error;
}
