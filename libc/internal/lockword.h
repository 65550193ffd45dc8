/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ABI's lock word, a reader-writer lock of 32 bits, and its condition variable word. Taking
 * and releasing a lock without contention never enters the system, nor does signalling where
 * nobody waits.
 */
#ifndef LOCKWORD_H
#define LOCKWORD_H

#include <cloudabi_types.h>
#include <features.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

typedef _Atomic(cloudabi_lock_t) lockword;
typedef _Atomic(cloudabi_condvar_t) condword;

/* Waits in the system until `lock` is ours, or until `abstime` of `clock` (NULL: for ever).
 * 0 or an errno value: ETIMEDOUT, EDEADLK. `type` is CLOUDABI_EVENTTYPE_LOCK_*. */
hidden int __lockword_wait(lockword *lock, cloudabi_scope_t scope, cloudabi_eventtype_t type,
                           cloudabi_clockid_t clock, const struct timespec *abstime);

/* EBUSY where somebody else holds it. */
hidden int __lockword_trywrlock(lockword *lock);
hidden int __lockword_wrlock(lockword *lock, cloudabi_scope_t scope, cloudabi_clockid_t clock,
                             const struct timespec *abstime);
hidden int __lockword_tryrdlock(lockword *lock);
hidden int __lockword_rdlock(lockword *lock, cloudabi_scope_t scope, cloudabi_clockid_t clock,
                             const struct timespec *abstime);

/* 0, or EPERM where the caller does not hold the lock. */
hidden int __lockword_unlock(lockword *lock, cloudabi_scope_t scope);

/* Whether the calling thread holds the write lock. */
hidden bool __lockword_owned(lockword *lock);

/* Releases `lock`, which the caller has locked for writing, and waits for a signal until `abstime`
 * of `clock` (NULL: for ever). The lock is held again afterwards, whatever happened. 0 or an errno
 * value: ETIMEDOUT, EINVAL. */
hidden int __condword_wait(condword *condvar, lockword *lock, cloudabi_scope_t scope,
                           cloudabi_scope_t lock_scope, cloudabi_clockid_t clock,
                           const struct timespec *abstime);

/* Wakes up to `count` threads. */
hidden void __condword_signal(condword *condvar, cloudabi_scope_t scope, cloudabi_nthreads_t count);

#endif
