// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "with_locale.h"

int vaswprintf_l(wchar_t **restrict text, locale_t locale, const wchar_t *restrict format,
                 va_list arguments) {
    return WITH_LOCALE(locale, vaswprintf(text, format, arguments));
}

int aswprintf_l(wchar_t **restrict text, locale_t locale, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vaswprintf_l(text, locale, format, arguments);
    va_end(arguments);
    return result;
}
