// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdlib.h>
#include <wchar.h>

wchar_t *wcsndup(const wchar_t *text, size_t size) {
    size_t len = wcsnlen(text, size);
    wchar_t *copy = reallocarray(NULL, len + 1, sizeof(*copy));
    if (copy == NULL)
        return NULL;
    wmemcpy(copy, text, len);
    copy[len] = L'\0';
    return copy;
}
