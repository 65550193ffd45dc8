// SPDX-License-Identifier: BSD-2-Clause
// The library's own locks (LOCK and UNLOCK of lock.h): a write lock on the ABI's lock word.

#include "lockword.h"

#include "lock.h"

void __lock(volatile int *word) {
    // Going on without the lock would be worse than not going on.
    if (__lockword_wrlock((lockword *)word, CLOUDABI_SCOPE_PRIVATE, 0, NULL) != 0)
        __builtin_trap();
}

void __unlock(volatile int *word) {
    if (__lockword_unlock((lockword *)word, CLOUDABI_SCOPE_PRIVATE) != 0)
        __builtin_trap();
}
