// SPDX-License-Identifier: BSD-2-Clause
// Sleeping on locks and condition variables. Queues are found by address: scope PRIVATE.
#ifndef LOADER_WAITING_H
#define LOADER_WAITING_H

#include "thread.h"

// When to give up. A null pointer to it: never.
struct deadline {
    bool realtime;
    struct __kernel_timespec moment;
};

// Take a lock for the calling thread. TIMEDOUT when the deadline came first.
cloudabi_errno_t lock_acquire(_Atomic(cloudabi_lock_t) *lock, bool write,
                              const struct deadline *deadline);
// PERM if the caller does not hold it for writing.
cloudabi_errno_t lock_release(_Atomic(cloudabi_lock_t) *lock);
// The lock is held for writing before and after, also when it is TIMEDOUT that is returned.
cloudabi_errno_t condvar_wait(_Atomic(cloudabi_condvar_t) *condvar, _Atomic(cloudabi_lock_t) *lock,
                              const struct deadline *deadline);
void condvar_wake(_Atomic(cloudabi_condvar_t) *condvar, uint32_t nwaiters);

// Around fork; in the child nobody sleeps.
void wait_lock(void);
void wait_unlock(void);
void wait_in_child(void);

#endif
