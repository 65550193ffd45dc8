// SPDX-License-Identifier: BSD-2-Clause
// Amounts of money; the locale makes no difference.

#define _GNU_SOURCE
#include <monetary.h>
#include <stdarg.h>

#define CHAR char
#include "amounts.h"

ssize_t vstrfmon(char *restrict text, size_t size, const char *restrict format, va_list arguments) {
    return format_monetary(text, size, format, arguments);
}

ssize_t vstrfmon_l(char *restrict text, size_t size, locale_t locale, const char *restrict format,
                   va_list arguments) {
    return format_monetary(text, size, format, arguments);
}

ssize_t strfmon(char *restrict text, size_t size, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    ssize_t result = format_monetary(text, size, format, arguments);
    va_end(arguments);
    return result;
}

ssize_t strfmon_l(char *restrict text, size_t size, locale_t locale, const char *restrict format,
                  ...) {
    va_list arguments;
    va_start(arguments, format);
    ssize_t result = format_monetary(text, size, format, arguments);
    va_end(arguments);
    return result;
}
