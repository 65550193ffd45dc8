// SPDX-License-Identifier: BSD-2-Clause
// Addresses as text. Programs carry no names of functions at run time, so a place is given as its
// distance from the program's first byte, which a symbolizer translates.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <execinfo.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LONGEST = sizeof("+0x0123456789abcdef") };

static int describe(const void *address, char *text) {
    Dl_info info;
    if (dladdr(address, &info) == 0)
        return snprintf(text, LONGEST, "?");
    return snprintf(text, LONGEST, "+0x%jx",
                    (uintmax_t)((uintptr_t)address - (uintptr_t)info.dli_fbase));
}

char **backtrace_symbols(void *const *addresses, int size) {
    size_t count = size > 0 ? (size_t)size : 0;
    char **texts = malloc(count * (sizeof(*texts) + LONGEST) + 1);
    if (texts == NULL)
        return NULL;
    char *next = (char *)(texts + count);
    for (size_t i = 0; i < count; ++i) {
        texts[i] = next;
        next += describe(addresses[i], next) + 1;
    }
    return texts;
}

void backtrace_symbols_fd(void *const *addresses, int size, int fd) {
    for (int i = 0; i < size; ++i) {
        char text[LONGEST + 1];
        int length = describe(addresses[i], text);
        text[length++] = '\n';
        if (write(fd, text, (size_t)length) != length)
            return;
    }
}
