/* SPDX-License-Identifier: BSD-2-Clause */
/* What the objects of <pthread.h> and <semaphore.h> hold. All zeroes is what their initialisers
 * make: unlocked, private to the process, of the default type and clock. */
#ifndef SYNC_H
#define SYNC_H

#include <limits.h>
#include <pthread.h>
#include <semaphore.h>

#include "lockword.h"

/* Bits of pthread_mutexattr_t, as musl's accessors know them. */
#define MUTEX_TYPE 3U
#define MUTEX_SHARED 128U

struct mutex {
    lockword lock;
    unsigned attributes;
    unsigned count; /* how often its owner locked a recursive one again */
};

/* Bit of pthread_condattr_t; the others are the clock. */
#define COND_SHARED 0x80000000U

struct cond {
    condword condvar;
    unsigned attributes;
};

struct rwlock {
    lockword lock;
    int shared;
};

struct barrier {
    lockword lock;
    condword condvar;
    int shared;
    unsigned limit;
    unsigned arrived;    /* in this round */
    unsigned leaving;    /* woken threads that have not left yet */
    unsigned generation; /* rounds so far */
};

struct semaphore {
    lockword lock;
    condword condvar;
    int shared;
    unsigned value;
};

#define SAME_OBJECT(ours, public)                                                                  \
    _Static_assert(sizeof(ours) <= sizeof(public) && _Alignof(ours) <= _Alignof(public),           \
                   "the public type has room for what it holds")
SAME_OBJECT(struct mutex, pthread_mutex_t);
SAME_OBJECT(struct cond, pthread_cond_t);
SAME_OBJECT(struct rwlock, pthread_rwlock_t);
SAME_OBJECT(struct barrier, pthread_barrier_t);
SAME_OBJECT(struct semaphore, sem_t);

static inline cloudabi_scope_t __scope(unsigned shared) {
    return shared ? CLOUDABI_SCOPE_SHARED : CLOUDABI_SCOPE_PRIVATE;
}

static inline struct mutex *__mutex(pthread_mutex_t *mutex) {
    return (struct mutex *)mutex;
}

static inline cloudabi_scope_t __mutex_scope(const struct mutex *mutex) {
    return __scope(mutex->attributes & MUTEX_SHARED);
}

/* Whether objects can be `shared`: 0, ENOTSUP where the system offers no such thing, EINVAL. */
hidden int __check_shared(int shared);

/* As pthread_mutex_timedlock(); for ever where `abstime` is NULL. */
hidden int __mutex_lock_until(struct mutex *mutex, const struct timespec *abstime);

/* As pthread_cond_timedwait() by the clock named; for ever where `abstime` is NULL. */
hidden int __cond_wait_until(struct cond *cond, struct mutex *mutex, cloudabi_clockid_t clock,
                             const struct timespec *abstime);

#endif
