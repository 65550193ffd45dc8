// SPDX-License-Identifier: BSD-2-Clause
// Locks: free and taken without a call, everything else through poll and lock_unlock.

#include "runtime.h"

static void wait_for(uint8_t type, _Atomic(uint32_t) *lock) {
    struct subscription wait = {.type = type, .lock = {.lock = lock, .scope = SCOPE_PRIVATE}};
    struct event event;
    size_t n;
    if (cloudabi_sys_poll(&wait, &event, 1, &n) != 0 || n != 1 || event.error != 0 ||
        event.type != type)
        __builtin_trap();
}

void lock_write(_Atomic(uint32_t) *lock) {
    uint32_t old = 0;
    if (!atomic_compare_exchange_strong(lock, &old, WRLOCKED | thread_self()))
        wait_for(EVENT_LOCK_WRLOCK, lock);
}

void lock_read(_Atomic(uint32_t) *lock) {
    uint32_t old = *lock;
    while ((old & (WRLOCKED | MANAGED)) == 0)
        if (atomic_compare_exchange_strong(lock, &old, old + 1))
            return;
    wait_for(EVENT_LOCK_RDLOCK, lock);
}

void unlock_write(_Atomic(uint32_t) *lock) {
    uint32_t old = WRLOCKED | thread_self();
    if (!atomic_compare_exchange_strong(lock, &old, 0) &&
        cloudabi_sys_lock_unlock(lock, SCOPE_PRIVATE) != 0)
        __builtin_trap();
}

void unlock_read(_Atomic(uint32_t) *lock) {
    uint32_t old = *lock;
    for (;;) {
        bool last = old == (MANAGED | 1);
        uint32_t next = last ? MANAGED | WRLOCKED | thread_self() : old - 1;
        if (!atomic_compare_exchange_strong(lock, &old, next))
            continue;
        if (last && cloudabi_sys_lock_unlock(lock, SCOPE_PRIVATE) != 0)
            __builtin_trap();
        return;
    }
}

void condvar_wait(_Atomic(uint32_t) *condvar, _Atomic(uint32_t) *lock) {
    struct subscription wait = {.type = EVENT_CONDVAR,
                                .condvar = {.condvar = condvar,
                                            .lock = lock,
                                            .condvar_scope = SCOPE_PRIVATE,
                                            .lock_scope = SCOPE_PRIVATE}};
    struct event event;
    size_t n;
    if (cloudabi_sys_poll(&wait, &event, 1, &n) != 0 || n != 1 || event.error != 0)
        __builtin_trap();
}

void condvar_wake(_Atomic(uint32_t) *condvar, uint32_t count) {
    if (*condvar != 0)
        cloudabi_sys_condvar_signal(condvar, SCOPE_PRIVATE, count);
}
