// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>

#include "with_locale.h"

int vasprintf_l(char **text, locale_t locale, const char *restrict format, va_list arguments) {
    return WITH_LOCALE(locale, vasprintf(text, format, arguments));
}

int asprintf_l(char **text, locale_t locale, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vasprintf_l(text, locale, format, arguments);
    va_end(arguments);
    return result;
}
