// SPDX-License-Identifier: BSD-2-Clause
// The process's UUID as text.

#include <program.h>
#include <pthread.h>

#include "libc.h"

static char text[37];

static void format(void) {
    char *to = text;
    for (int i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = "0123456789abcdef"[libc.pid[i] >> 4];
        *to++ = "0123456789abcdef"[libc.pid[i] & 15];
    }
}

const char *program_getpid(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (libc.pid != NULL)
        pthread_once(&once, format);
    return text;
}
