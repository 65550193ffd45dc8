// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>

#include "with_locale.h"

int vsnprintf_l(char *restrict text, size_t size, locale_t locale, const char *restrict format,
                va_list arguments) {
    return WITH_LOCALE(locale, vsnprintf(text, size, format, arguments));
}

int snprintf_l(char *restrict text, size_t size, locale_t locale, const char *restrict format,
               ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vsnprintf_l(text, size, locale, format, arguments);
    va_end(arguments);
    return result;
}
