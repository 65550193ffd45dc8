// SPDX-License-Identifier: BSD-2-Clause
// lock_unlock, condvar_signal. Locks in shared memory would need queues that processes share:
// scope SHARED is NOTSUP.

#include "waiting.h"

static cloudabi_errno_t check_scope(cloudabi_scope_t scope) {
    if (scope == CLOUDABI_SCOPE_PRIVATE)
        return CLOUDABI_ESUCCESS;
    return scope == CLOUDABI_SCOPE_SHARED ? CLOUDABI_ENOTSUP : CLOUDABI_EINVAL;
}

EXPORT cloudabi_errno_t cloudabi_sys_lock_unlock(_Atomic(cloudabi_lock_t) *lock,
                                                 cloudabi_scope_t scope) {
    cloudabi_errno_t error = check_scope(scope);
    return error != 0 ? error : lock_release(lock);
}

EXPORT cloudabi_errno_t cloudabi_sys_condvar_signal(_Atomic(cloudabi_condvar_t) *condvar,
                                                    cloudabi_scope_t scope,
                                                    cloudabi_nthreads_t nwaiters) {
    cloudabi_errno_t error = check_scope(scope);
    if (error == 0 && nwaiters > 0)
        condvar_wake(condvar, nwaiters);
    return error;
}
