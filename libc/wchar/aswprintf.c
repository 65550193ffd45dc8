// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int vaswprintf(wchar_t **restrict text, const wchar_t *restrict format, va_list arguments) {
    wchar_t *data = NULL;
    size_t len;
    FILE *f = open_wmemstream(&data, &len);
    if (f == NULL)
        return -1;
    int result = vfwprintf(f, format, arguments);
    if (fclose(f) != 0 || result < 0) {
        free(data);
        return -1;
    }
    *text = data;
    return result;
}

int aswprintf(wchar_t **restrict text, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vaswprintf(text, format, arguments);
    va_end(arguments);
    return result;
}
