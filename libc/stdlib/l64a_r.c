// SPDX-License-Identifier: BSD-2-Clause
// A number of 32 bits in radix 64, as a64l() reads it, in a buffer of the caller's.

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

int l64a_r(long number, char *buffer, int len) {
    static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    int used = 0;
    for (uint32_t rest = (uint32_t)number; rest != 0 && used < len; rest >>= 6)
        buffer[used++] = digits[rest % 64];
    if (used >= len) {
        errno = ERANGE;
        return -1;
    }
    buffer[used] = '\0';
    return 0;
}
