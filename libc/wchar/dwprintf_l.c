// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "with_locale.h"

int vdwprintf_l(int fd, locale_t locale, const wchar_t *restrict format, va_list arguments) {
    return WITH_LOCALE(locale, vdwprintf(fd, format, arguments));
}

int dwprintf_l(int fd, locale_t locale, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vdwprintf_l(fd, locale, format, arguments);
    va_end(arguments);
    return result;
}
