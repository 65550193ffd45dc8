// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>

#include "with_locale.h"

int vfscanf_l(FILE *restrict f, locale_t locale, const char *restrict format, va_list arguments) {
    return WITH_LOCALE(locale, vfscanf(f, format, arguments));
}

int fscanf_l(FILE *restrict f, locale_t locale, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vfscanf_l(f, locale, format, arguments);
    va_end(arguments);
    return result;
}
