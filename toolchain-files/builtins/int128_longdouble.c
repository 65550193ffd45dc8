// SPDX-License-Identifier: BSD-2-Clause
// Conversions between 128-bit integers and x87's long double; why they are ours: see int128.c.

#include <stdint.h>

typedef __int128 i128;
typedef unsigned __int128 u128;

u128 __fixunsxfti(long double value);
i128 __fixxfti(long double value);
long double __floatuntixf(u128 value);
long double __floattixf(i128 value);

// Out of range is undefined in C; like the other conversions of the family, this one saturates.
u128 __fixunsxfti(long double value) {
    if (!(value >= 1)) // also not a number
        return 0;
    if (value >= 0x1p128L)
        return ~(u128)0;
    uint64_t high = (uint64_t)(value * 0x1p-64L);
    uint64_t low = (uint64_t)(value - (long double)high * 0x1p64L);
    return (u128)high << 64 | low;
}

i128 __fixxfti(long double value) {
    const i128 max = (i128)(~(u128)0 >> 1);
    if (value >= 0x1p127L)
        return max;
    if (value <= -0x1p127L)
        return -max - 1;
    return value < 0 ? -(i128)__fixunsxfti(-value) : (i128)__fixunsxfti(value);
}

// Both halves are exact in 64 bits of mantissa, so the sum rounds once, in the mode that is set.
long double __floatuntixf(u128 value) {
    return (long double)(uint64_t)(value >> 64) * 0x1p64L + (long double)(uint64_t)value;
}

long double __floattixf(i128 value) {
    return (long double)(int64_t)(value >> 64) * 0x1p64L + (long double)(uint64_t)value;
}
