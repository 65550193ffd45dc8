// SPDX-License-Identifier: BSD-2-Clause
// Messages on stderr. There is no program name to begin them with: nothing tells a program how it
// was called.

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void message(const char *format, va_list arguments, const char *reason) {
    flockfile(stderr);
    if (format != NULL)
        vfprintf(stderr, format, arguments);
    if (reason != NULL)
        fprintf(stderr, "%s%s", format != NULL ? ": " : "", reason);
    putc_unlocked('\n', stderr);
    funlockfile(stderr);
}

void vwarn(const char *format, va_list arguments) {
    message(format, arguments, strerror(errno));
}

void vwarnx(const char *format, va_list arguments) {
    message(format, arguments, NULL);
}

_Noreturn void verr(int status, const char *format, va_list arguments) {
    vwarn(format, arguments);
    exit(status);
}

_Noreturn void verrx(int status, const char *format, va_list arguments) {
    vwarnx(format, arguments);
    exit(status);
}

void warn(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vwarn(format, arguments);
    va_end(arguments);
}

void warnx(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vwarnx(format, arguments);
    va_end(arguments);
}

_Noreturn void err(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    verr(status, format, arguments);
}

_Noreturn void errx(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    verrx(status, format, arguments);
}
