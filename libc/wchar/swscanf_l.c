// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "with_locale.h"

int vswscanf_l(const wchar_t *restrict text, locale_t locale, const wchar_t *restrict format,
               va_list arguments) {
    return WITH_LOCALE(locale, vswscanf(text, format, arguments));
}

int swscanf_l(const wchar_t *restrict text, locale_t locale, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vswscanf_l(text, locale, format, arguments);
    va_end(arguments);
    return result;
}
