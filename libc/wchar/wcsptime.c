// SPDX-License-Identifier: BSD-2-Clause
// strptime() for wide characters, on what the locale can encode of the text.

#define _GNU_SOURCE
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <wchar.h>

#include "with_locale.h"

// The text up to the first character that cannot be encoded, which no date contains. With
// `ends`, where each of its characters ends.
static char *encode(const wchar_t *text, bool *all, size_t *ends) {
    char *bytes = malloc(wcslen(text) * MB_LEN_MAX + 1);
    if (bytes == NULL)
        return NULL;
    mbstate_t state = {0};
    size_t used = 0;
    for (; *text != L'\0'; ++text) {
        size_t size = wcrtomb(bytes + used, *text, &state);
        if (size == (size_t)-1)
            break;
        used += size;
        if (ends != NULL)
            *ends++ = used;
    }
    *all = *text == L'\0';
    bytes[used] = '\0';
    return bytes;
}

wchar_t *wcsptime(const wchar_t *restrict text, const wchar_t *restrict format,
                  struct tm *restrict date) {
    const wchar_t *result = NULL;
    bool whole, understood;
    size_t *ends = calloc(wcslen(text) + 1, sizeof(*ends));
    char *bytes = ends == NULL ? NULL : encode(text, &whole, ends);
    char *directives = bytes == NULL ? NULL : encode(format, &understood, NULL);
    if (directives != NULL && understood) {
        const char *end = strptime(bytes, directives, date);
        if (end != NULL) {
            size_t count = 0;
            while (ends[count] != 0 && ends[count] <= (size_t)(end - bytes))
                ++count;
            result = text + count;
        }
    }
    free(directives);
    free(bytes);
    free(ends);
    return (wchar_t *)result;
}

wchar_t *wcsptime_l(const wchar_t *restrict text, const wchar_t *restrict format,
                    struct tm *restrict date, locale_t locale) {
    return WITH_LOCALE(locale, wcsptime(text, format, date));
}
