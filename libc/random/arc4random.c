// SPDX-License-Identifier: BSD-2-Clause
// Random numbers that need no seed. Each comes from the system, so no state can leak or repeat.

#include <cloudabi_syscalls.h>
#include <stdint.h>
#include <stdlib.h>

void arc4random_buf(void *buffer, size_t len) {
    // There is no way to tell the caller, and no lesser source to fall back to.
    if (cloudabi_sys_random_get(buffer, len) != 0)
        abort();
}

uint32_t arc4random(void) {
    uint32_t number;
    arc4random_buf(&number, sizeof(number));
    return number;
}

uint32_t arc4random_uniform(uint32_t bound) {
    if (bound < 2)
        return 0;
    // Leave out the lowest 2^32 mod bound numbers; of the others each remainder has equally many.
    uint32_t least = -bound % bound, number;
    do
        number = arc4random();
    while (number < least);
    return number % bound;
}
