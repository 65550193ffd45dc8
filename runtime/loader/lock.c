// SPDX-License-Identifier: BSD-2-Clause
// lock_unlock, condvar_signal, and which of the two implementations a scope names.

#include <stdatomic.h>

#include "user.h"
#include "waiting.h"

static bool is_scope(cloudabi_scope_t scope) {
    return scope == CLOUDABI_SCOPE_PRIVATE || scope == CLOUDABI_SCOPE_SHARED;
}

cloudabi_errno_t lock_acquire(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope, bool write,
                              const struct deadline *deadline) {
    if (!is_scope(scope))
        return CLOUDABI_EINVAL;
    if (!user_is_word(lock))
        return CLOUDABI_EFAULT;
    return scope == CLOUDABI_SCOPE_SHARED ? shared_lock_acquire(lock, write, deadline)
                                          : private_lock_acquire(lock, write, deadline);
}

cloudabi_errno_t lock_release(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope) {
    if (!is_scope(scope))
        return CLOUDABI_EINVAL;
    if (!user_is_word(lock))
        return CLOUDABI_EFAULT;
    return scope == CLOUDABI_SCOPE_SHARED ? shared_lock_release(lock) : private_lock_release(lock);
}

static bool is_mine(_Atomic(cloudabi_lock_t) *lock) {
    return (atomic_load(lock) & ~CLOUDABI_LOCK_KERNEL_MANAGED) ==
           (CLOUDABI_LOCK_WRLOCKED | thread_self()->tid);
}

cloudabi_errno_t condvar_wait(_Atomic(cloudabi_condvar_t) *condvar, cloudabi_scope_t scope,
                              _Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t lock_scope,
                              const struct deadline *deadline) {
    if (!is_scope(scope) || !is_scope(lock_scope))
        return CLOUDABI_EINVAL;
    if (!user_is_word(condvar) || !user_is_word(lock))
        return CLOUDABI_EFAULT;
    if (!is_mine(lock))
        return CLOUDABI_EPERM;
    cloudabi_errno_t error;
    if (scope == CLOUDABI_SCOPE_SHARED) {
        uint32_t number = shared_condvar_enter(condvar, lock);
        if (number == 0)
            return CLOUDABI_EINVAL;
        lock_release(lock, lock_scope);
        error = shared_condvar_sleep(condvar, number, deadline);
    } else {
        bool shared = lock_scope == CLOUDABI_SCOPE_SHARED;
        error = private_condvar_wait(condvar, lock, shared, deadline);
        if (!shared || error == CLOUDABI_EINVAL) // it has the lock again
            return error;
    }
    cloudabi_errno_t locked = lock_acquire(lock, lock_scope, true, NULL);
    return locked != 0 ? locked : error;
}

EXPORT cloudabi_errno_t cloudabi_sys_lock_unlock(_Atomic(cloudabi_lock_t) *lock,
                                                 cloudabi_scope_t scope) {
    return lock_release(lock, scope);
}

EXPORT cloudabi_errno_t cloudabi_sys_condvar_signal(_Atomic(cloudabi_condvar_t) *condvar,
                                                    cloudabi_scope_t scope,
                                                    cloudabi_nthreads_t nwaiters) {
    if (!is_scope(scope))
        return CLOUDABI_EINVAL;
    if (!user_is_word(condvar))
        return CLOUDABI_EFAULT;
    if (scope == CLOUDABI_SCOPE_SHARED)
        shared_condvar_wake(condvar, nwaiters);
    else if (nwaiters > 0)
        private_condvar_wake(condvar, nwaiters);
    return CLOUDABI_ESUCCESS;
}
