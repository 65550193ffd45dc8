// SPDX-License-Identifier: BSD-2-Clause
// Reader-writer locks are the ABI's own.

#include <errno.h>

#include "sync.h"

static struct rwlock *rwlock(pthread_rwlock_t *object) {
    return (struct rwlock *)object;
}

int pthread_rwlock_init(pthread_rwlock_t *restrict lock,
                        const pthread_rwlockattr_t *restrict attr) {
    *rwlock(lock) = (struct rwlock){.shared = attr ? (int)attr->__attr[0] : 0};
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock) {
    return rwlock(lock)->lock == CLOUDABI_LOCK_UNLOCKED ? 0 : EBUSY;
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock) {
    return __lockword_tryrdlock(&rwlock(lock)->lock);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock) {
    return __lockword_trywrlock(&rwlock(lock)->lock);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict object,
                               const struct timespec *restrict abstime) {
    struct rwlock *lock = rwlock(object);
    if (__lockword_owned(&lock->lock))
        return EDEADLK;
    return __lockword_rdlock(&lock->lock, __scope(lock->shared), CLOUDABI_CLOCK_REALTIME, abstime);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict object,
                               const struct timespec *restrict abstime) {
    struct rwlock *lock = rwlock(object);
    if (__lockword_owned(&lock->lock))
        return EDEADLK;
    return __lockword_wrlock(&lock->lock, __scope(lock->shared), CLOUDABI_CLOCK_REALTIME, abstime);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock) {
    return pthread_rwlock_timedrdlock(lock, NULL);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock) {
    return pthread_rwlock_timedwrlock(lock, NULL);
}

int pthread_rwlock_unlock(pthread_rwlock_t *object) {
    struct rwlock *lock = rwlock(object);
    return __lockword_unlock(&lock->lock, __scope(lock->shared));
}
