// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <wchar.h>

size_t wcslcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t size) {
    size_t len = wcslen(from);
    if (size > 0) {
        size_t count = len < size ? len : size - 1;
        wmemcpy(to, from, count);
        to[count] = L'\0';
    }
    return len;
}

size_t wcslcat(wchar_t *restrict to, const wchar_t *restrict from, size_t size) {
    size_t len = wcsnlen(to, size);
    return len + wcslcpy(to + len, from, size - len);
}
