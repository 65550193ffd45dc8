// SPDX-License-Identifier: BSD-2-Clause
// Mutexes: a write lock, and for some types a look at its owner.

#include <errno.h>
#include <time.h>

#include "sync.h"

static unsigned type_of(const struct mutex *mutex) {
    return mutex->attributes & MUTEX_TYPE;
}

static int lock_again(struct mutex *mutex) {
    if (mutex->count == UINT_MAX)
        return EAGAIN;
    ++mutex->count;
    return 0;
}

// A normal mutex that its owner locks again: POSIX asks for the deadlock, and that only a time-out
// ends it.
static int deadlock(const struct timespec *abstime) {
    if (abstime != NULL)
        return clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, abstime, NULL) ? EINVAL : ETIMEDOUT;
    for (;;)
        nanosleep(&(struct timespec){.tv_sec = INT_MAX}, NULL);
}

static int lock_owned(struct mutex *mutex, const struct timespec *abstime) {
    switch (type_of(mutex)) {
    case PTHREAD_MUTEX_RECURSIVE:
        return lock_again(mutex);
    case PTHREAD_MUTEX_ERRORCHECK:
        return EDEADLK;
    default:
        return deadlock(abstime);
    }
}

// Apart from the free case, which is then spared what a function that waits needs on its stacks.
__attribute__((noinline)) static int lock_taken(struct mutex *mutex,
                                                const struct timespec *abstime) {
    if (__lockword_owned(&mutex->lock))
        return lock_owned(mutex, abstime);
    return __lockword_wrlock(&mutex->lock, __mutex_scope(mutex), CLOUDABI_CLOCK_REALTIME, abstime);
}

int __mutex_lock_until(struct mutex *mutex, const struct timespec *abstime) {
    return __lockword_trywrlock(&mutex->lock) == 0 ? 0 : lock_taken(mutex, abstime);
}

int pthread_mutex_lock(pthread_mutex_t *mutex) {
    return __mutex_lock_until(__mutex(mutex), NULL);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex,
                            const struct timespec *restrict abstime) {
    return __mutex_lock_until(__mutex(mutex), abstime);
}

int pthread_mutex_trylock(pthread_mutex_t *object) {
    struct mutex *mutex = __mutex(object);
    if (__lockword_trywrlock(&mutex->lock) == 0)
        return 0;
    if (type_of(mutex) == PTHREAD_MUTEX_RECURSIVE && __lockword_owned(&mutex->lock))
        return lock_again(mutex);
    return EBUSY;
}

int pthread_mutex_unlock(pthread_mutex_t *object) {
    struct mutex *mutex = __mutex(object);
    if (mutex->count > 0 && __lockword_owned(&mutex->lock)) {
        --mutex->count;
        return 0;
    }
    return __lockword_unlock(&mutex->lock, __mutex_scope(mutex));
}
