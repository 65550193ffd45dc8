// SPDX-License-Identifier: BSD-2-Clause
// Amounts of money in wide characters; the locale makes no difference.

#define _GNU_SOURCE
#include <stdarg.h>
#include <wchar.h>

#define CHAR wchar_t
#include "amounts.h"

ssize_t vwcsfmon(wchar_t *restrict text, size_t size, const wchar_t *restrict format,
                 va_list arguments) {
    return format_monetary(text, size, format, arguments);
}

ssize_t vwcsfmon_l(wchar_t *restrict text, size_t size, locale_t locale,
                   const wchar_t *restrict format, va_list arguments) {
    return format_monetary(text, size, format, arguments);
}

ssize_t wcsfmon(wchar_t *restrict text, size_t size, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    ssize_t result = format_monetary(text, size, format, arguments);
    va_end(arguments);
    return result;
}

ssize_t wcsfmon_l(wchar_t *restrict text, size_t size, locale_t locale,
                  const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    ssize_t result = format_monetary(text, size, format, arguments);
    va_end(arguments);
    return result;
}
