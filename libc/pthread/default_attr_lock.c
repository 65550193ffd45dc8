// SPDX-License-Identifier: BSD-2-Clause
// The lock of the sizes that new attribute objects begin with.

#include "pthread_impl.h"

#include "lock.h"

static volatile int lock[1];

void __acquire_ptc(void) {
    LOCK(lock);
}

void __inhibit_ptc(void) {
    LOCK(lock);
}

void __release_ptc(void) {
    UNLOCK(lock);
}
