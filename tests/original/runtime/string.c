// SPDX-License-Identifier: BSD-2-Clause
// What compilers call by themselves. They also run before the unsafe stack is there.

#include "runtime.h"

WITHOUT_UNSAFE_STACK void *memcpy(void *restrict to, const void *restrict from, size_t len) {
    void *at = to;
    __asm__ volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(len) : : "memory");
    return to;
}

WITHOUT_UNSAFE_STACK void *memset(void *to, int byte, size_t len) {
    void *at = to;
    __asm__ volatile("rep stosb" : "+D"(at), "+c"(len) : "a"(byte) : "memory");
    return to;
}

WITHOUT_UNSAFE_STACK int memcmp(const void *a, const void *b, size_t len) {
    const unsigned char *left = a, *right = b;
    for (; len > 0; --len, ++left, ++right)
        if (*left != *right)
            return *left - *right;
    return 0;
}

WITHOUT_UNSAFE_STACK size_t strlen(const char *s) {
    size_t len = 0;
    while (((const volatile char *)s)[len] != '\0')
        ++len;
    return len;
}

WITHOUT_UNSAFE_STACK int strcmp(const char *a, const char *b) {
    for (; *a != '\0' && *a == *b; ++a)
        ++b;
    return (unsigned char)*a - (unsigned char)*b;
}
