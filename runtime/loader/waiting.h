// SPDX-License-Identifier: BSD-2-Clause
// Sleeping on locks and condition variables. For scope PRIVATE the queues are here and are found by
// address; for scope SHARED they are the kernel's.
#ifndef LOADER_WAITING_H
#define LOADER_WAITING_H

#include "thread.h"

// When to give up. A null pointer to it: never.
struct deadline {
    bool realtime;
    struct __kernel_timespec moment;
};

// lock.c: of either scope; any other one is INVAL.
// Take a lock for the calling thread. TIMEDOUT when the deadline came first.
cloudabi_errno_t lock_acquire(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope, bool write,
                              const struct deadline *deadline);
// PERM if the caller does not hold it for writing.
cloudabi_errno_t lock_release(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope);
// The lock is held for writing before and after, also when it is TIMEDOUT that is returned.
cloudabi_errno_t condvar_wait(_Atomic(cloudabi_condvar_t) *condvar, cloudabi_scope_t scope,
                              _Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t lock_scope,
                              const struct deadline *deadline);

// wait.c
cloudabi_errno_t private_lock_acquire(_Atomic(cloudabi_lock_t) *lock, bool write,
                                      const struct deadline *deadline);
cloudabi_errno_t private_lock_release(_Atomic(cloudabi_lock_t) *lock);
cloudabi_errno_t private_condvar_wait(_Atomic(cloudabi_condvar_t) *condvar,
                                      _Atomic(cloudabi_lock_t) *lock, bool lock_is_shared,
                                      const struct deadline *deadline);
void private_condvar_wake(_Atomic(cloudabi_condvar_t) *condvar, uint32_t nwaiters);

// shared_wait.c. A waiter enters while it holds the lock, releases it, sleeps with the number that
// entering gave it, and takes the lock again. It can be woken for no reason. Entering gives 0 if
// others wait with a lock that is certainly another one.
cloudabi_errno_t shared_lock_acquire(_Atomic(cloudabi_lock_t) *lock, bool write,
                                     const struct deadline *deadline);
cloudabi_errno_t shared_lock_release(_Atomic(cloudabi_lock_t) *lock);
uint32_t shared_condvar_enter(_Atomic(cloudabi_condvar_t) *condvar,
                              const _Atomic(cloudabi_lock_t) *lock);
cloudabi_errno_t shared_condvar_sleep(_Atomic(cloudabi_condvar_t) *condvar, uint32_t number,
                                      const struct deadline *deadline);
void shared_condvar_wake(_Atomic(cloudabi_condvar_t) *condvar, uint32_t nwaiters);

// Around fork; in the child nobody sleeps.
void wait_lock(void);
void wait_unlock(void);
void wait_in_child(void);

#endif
