// SPDX-License-Identifier: BSD-2-Clause
// Mutexes and sleeping, on futexes.

#include <stdatomic.h>

#include "loader.h"

enum { FREE, HELD, CONTENDED };

linux_result futex_wait(_Atomic(uint32_t) *word, uint32_t value, bool realtime,
                        const struct __kernel_timespec *moment) {
    int operation = FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG;
    if (realtime)
        operation |= FUTEX_CLOCK_REALTIME;
    linux_result result =
        LINUX(futex, word, operation, value, moment, NULL, FUTEX_BITSET_MATCH_ANY);
    return result == -ETIMEDOUT ? result : 0;
}

void futex_wake(_Atomic(uint32_t) *word, uint32_t count) {
    LINUX(futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count);
}

void mutex_lock(struct mutex *mutex) {
    uint32_t expected = FREE;
    if (atomic_compare_exchange_strong_explicit(&mutex->state, &expected, HELD,
                                                memory_order_acquire, memory_order_relaxed))
        return;
    while (atomic_exchange_explicit(&mutex->state, CONTENDED, memory_order_acquire) != FREE)
        futex_wait(&mutex->state, CONTENDED, false, NULL);
}

void mutex_unlock(struct mutex *mutex) {
    if (atomic_exchange_explicit(&mutex->state, FREE, memory_order_release) == CONTENDED)
        futex_wake(&mutex->state, 1);
}
