// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>

#include "with_locale.h"

int vsscanf_l(const char *restrict text, locale_t locale, const char *restrict format,
              va_list arguments) {
    return WITH_LOCALE(locale, vsscanf(text, format, arguments));
}

int sscanf_l(const char *restrict text, locale_t locale, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vsscanf_l(text, locale, format, arguments);
    va_end(arguments);
    return result;
}
