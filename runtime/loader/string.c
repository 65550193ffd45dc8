// SPDX-License-Identifier: BSD-2-Clause
// The memory functions that compilers call by themselves, and strlen.

#include "loader.h"

void *memcpy(void *restrict to, const void *restrict from, size_t len) {
    void *result = to;
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(len) : : "memory");
    return result;
}

void *memmove(void *to, const void *from, size_t len) {
    char *t = to;
    const char *f = from;
    if ((uintptr_t)t - (uintptr_t)f >= len)
        return memcpy(to, from, len);
    while (len-- > 0)
        ((volatile char *)t)[len] = f[len];
    return to;
}

void *memset(void *to, int byte, size_t len) {
    void *result = to;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(len) : "a"(byte) : "memory");
    return result;
}

int memcmp(const void *a, const void *b, size_t len) {
    const volatile unsigned char *x = a, *y = b;
    for (size_t i = 0; i < len; ++i) {
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

size_t strlen(const char *s) {
    const volatile char *p = s;
    while (*p != '\0')
        ++p;
    return (size_t)(p - s);
}
