// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <stdarg.h>
#include <wchar.h>

#include "stdio_impl.h"

int vdwprintf(int fd, const wchar_t *restrict format, va_list arguments) {
    // Nobody else knows the stream. Its buffer lets whole characters go out at once.
    unsigned char buffer[UNGET + 256];
    FILE f = {
        .fd = fd,
        .lbf = EOF,
        .flags = F_NORD,
        .buf = buffer + UNGET,
        .buf_size = sizeof(buffer) - UNGET,
        .write = __stdio_write,
        .lock = NO_LOCK,
    };
    int result = vfwprintf(&f, format, arguments);
    return fflush(&f) != 0 ? -1 : result;
}

int dwprintf(int fd, const wchar_t *restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int result = vdwprintf(fd, format, arguments);
    va_end(arguments);
    return result;
}
