// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>

#include "with_locale.h"

int vdprintf_l(int fd, locale_t locale, const char *restrict format, va_list arguments) {
    return WITH_LOCALE(locale, vdprintf(fd, format, arguments));
}

int dprintf_l(int fd, locale_t locale, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vdprintf_l(fd, locale, format, arguments);
    va_end(arguments);
    return result;
}
