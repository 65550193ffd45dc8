// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <wchar.h>

wchar_t *wmemmem(const wchar_t *text, size_t size, const wchar_t *part, size_t part_size) {
    if (part_size == 0)
        return (wchar_t *)text;
    while (size >= part_size) {
        const wchar_t *found = wmemchr(text, part[0], size - part_size + 1);
        if (found == NULL)
            return NULL;
        if (wmemcmp(found, part, part_size) == 0)
            return (wchar_t *)found;
        size -= found + 1 - text;
        text = found + 1;
    }
    return NULL;
}
