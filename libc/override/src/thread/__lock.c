// SPDX-License-Identifier: BSD-2-Clause
// The library's own locks (LOCK and UNLOCK of lock.h): a write lock on the ABI's lock word.

#include "lockword.h"

#include "lock.h"

void __lock(volatile int *word) {
    __lockword_wrlock((lockword *)word, CLOUDABI_SCOPE_PRIVATE, 0, NULL);
}

void __unlock(volatile int *word) {
    __lockword_unlock((lockword *)word, CLOUDABI_SCOPE_PRIVATE);
}
