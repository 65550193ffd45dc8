// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "with_locale.h"

int vfwscanf_l(FILE *restrict f, locale_t locale, const wchar_t *restrict format,
               va_list arguments) {
    return WITH_LOCALE(locale, vfwscanf(f, format, arguments));
}

int fwscanf_l(FILE *restrict f, locale_t locale, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vfwscanf_l(f, locale, format, arguments);
    va_end(arguments);
    return result;
}
