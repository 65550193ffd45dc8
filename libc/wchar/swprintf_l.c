// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "with_locale.h"

int vswprintf_l(wchar_t *restrict text, size_t size, locale_t locale,
                const wchar_t *restrict format, va_list arguments) {
    return WITH_LOCALE(locale, vswprintf(text, size, format, arguments));
}

int swprintf_l(wchar_t *restrict text, size_t size, locale_t locale, const wchar_t *restrict format,
               ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vswprintf_l(text, size, locale, format, arguments);
    va_end(arguments);
    return result;
}
