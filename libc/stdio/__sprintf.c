// SPDX-License-Identifier: BSD-2-Clause
// sprintf() for the few files of musl that know how much they write. libc.a has no public one.

#include <features.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

hidden int __sprintf(char *restrict text, const char *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, INT_MAX, format, arguments);
    va_end(arguments);
    return length;
}
