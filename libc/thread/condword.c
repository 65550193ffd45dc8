// SPDX-License-Identifier: BSD-2-Clause
// The user-space half of the ABI's condition variables: the word is 0 while nobody waits.

#include "lockword.h"

#include <cloudabi_syscalls.h>

#include "wait.h"

int __condword_wait(condword *condvar, lockword *lock, cloudabi_scope_t scope,
                    cloudabi_scope_t lock_scope, cloudabi_clockid_t clock,
                    const struct timespec *abstime) {
    cloudabi_subscription_t subscription = {
        .type = CLOUDABI_EVENTTYPE_CONDVAR,
        .condvar.condvar = condvar,
        .condvar.lock = lock,
        .condvar.condvar_scope = scope,
        .condvar.lock_scope = lock_scope,
    };
    return __wait_until(&subscription, clock, abstime);
}

void __condword_signal(condword *condvar, cloudabi_scope_t scope, cloudabi_nthreads_t count) {
    if (atomic_load_explicit(condvar, memory_order_relaxed) != CLOUDABI_CONDVAR_HAS_NO_WAITERS)
        cloudabi_sys_condvar_signal(condvar, scope, count);
}
