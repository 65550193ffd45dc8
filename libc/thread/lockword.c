// SPDX-License-Identifier: BSD-2-Clause
// The user-space half of the ABI's lock protocol.

#include "lockword.h"

#include <cloudabi_syscalls.h>
#include <errno.h>

#include "pthread_impl.h"
#include "wait.h"

// Readers whose lock word shows sleepers may pass them only when they hold a read lock already:
// refusing would deadlock them, letting others pass would starve writers.
static _Thread_local unsigned read_locks;

int __lockword_wait(lockword *lock, cloudabi_scope_t scope, cloudabi_eventtype_t type,
                    cloudabi_clockid_t clock, const struct timespec *abstime) {
    cloudabi_subscription_t subscription = {
        .type = type, .lock.lock = lock, .lock.lock_scope = scope};
    return __wait_until(&subscription, clock, abstime);
}

int __lockword_trywrlock(lockword *lock) {
    cloudabi_lock_t expected = CLOUDABI_LOCK_UNLOCKED;
    cloudabi_lock_t mine = CLOUDABI_LOCK_WRLOCKED | __pthread_self()->tid;
    return atomic_compare_exchange_strong_explicit(lock, &expected, mine, memory_order_acquire,
                                                   memory_order_relaxed)
               ? 0
               : EBUSY;
}

int __lockword_wrlock(lockword *lock, cloudabi_scope_t scope, cloudabi_clockid_t clock,
                      const struct timespec *abstime) {
    if (__lockword_trywrlock(lock) == 0)
        return 0;
    return __lockword_wait(lock, scope, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, clock, abstime);
}

int __lockword_tryrdlock(lockword *lock) {
    cloudabi_lock_t old = atomic_load_explicit(lock, memory_order_relaxed);
    for (;;) {
        if ((old & CLOUDABI_LOCK_WRLOCKED) ||
            ((old & CLOUDABI_LOCK_KERNEL_MANAGED) && read_locks == 0))
            return EBUSY;
        if (((old + 1) & ~(cloudabi_lock_t)CLOUDABI_LOCK_KERNEL_MANAGED) >= CLOUDABI_LOCK_WRLOCKED)
            return EAGAIN;
        if (atomic_compare_exchange_weak_explicit(lock, &old, old + 1, memory_order_acquire,
                                                  memory_order_relaxed)) {
            ++read_locks;
            return 0;
        }
    }
}

int __lockword_rdlock(lockword *lock, cloudabi_scope_t scope, cloudabi_clockid_t clock,
                      const struct timespec *abstime) {
    int error = __lockword_tryrdlock(lock);
    if (error != EBUSY)
        return error;
    error = __lockword_wait(lock, scope, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, clock, abstime);
    if (error == 0)
        ++read_locks;
    return error;
}

static int unlock_write(lockword *lock, cloudabi_scope_t scope) {
    cloudabi_lock_t expected = CLOUDABI_LOCK_WRLOCKED | __pthread_self()->tid;
    if (atomic_compare_exchange_strong_explicit(lock, &expected, CLOUDABI_LOCK_UNLOCKED,
                                                memory_order_release, memory_order_relaxed))
        return 0;
    return __lockword_owned(lock) ? cloudabi_sys_lock_unlock(lock, scope) : EPERM;
}

static int unlock_read(lockword *lock, cloudabi_scope_t scope, cloudabi_lock_t old) {
    for (;;) {
        if ((old & ~(cloudabi_lock_t)CLOUDABI_LOCK_KERNEL_MANAGED) == 0)
            return EPERM;
        // The last reader with sleepers left takes the lock for writing, so that it has an owner
        // who may hand it over.
        bool last = old == (CLOUDABI_LOCK_KERNEL_MANAGED | 1);
        cloudabi_lock_t new =
            last ? CLOUDABI_LOCK_KERNEL_MANAGED | CLOUDABI_LOCK_WRLOCKED | __pthread_self()->tid
                 : old - 1;
        if (!atomic_compare_exchange_weak_explicit(lock, &old, new, memory_order_acq_rel,
                                                   memory_order_relaxed))
            continue;
        --read_locks;
        return last ? cloudabi_sys_lock_unlock(lock, scope) : 0;
    }
}

int __lockword_unlock(lockword *lock, cloudabi_scope_t scope) {
    cloudabi_lock_t old = atomic_load_explicit(lock, memory_order_relaxed);
    return old & CLOUDABI_LOCK_WRLOCKED ? unlock_write(lock, scope) : unlock_read(lock, scope, old);
}

bool __lockword_owned(lockword *lock) {
    cloudabi_lock_t held = atomic_load_explicit(lock, memory_order_relaxed);
    return (held & ~(cloudabi_lock_t)CLOUDABI_LOCK_KERNEL_MANAGED) ==
           (CLOUDABI_LOCK_WRLOCKED | __pthread_self()->tid);
}
