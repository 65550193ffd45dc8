// SPDX-License-Identifier: BSD-2-Clause
// Waiting on condition variables. The system releases the mutex's lock and takes it again.

#include <errno.h>
#include <time.h>

#include "sync.h"
#include "wait.h"

int __cond_wait_until(struct cond *cond, struct mutex *mutex, cloudabi_clockid_t clock,
                      const struct timespec *abstime) {
    if (!__lockword_owned(&mutex->lock))
        return EPERM;
    // A recursive mutex is released altogether, whoever gets it next counts from zero.
    unsigned count = mutex->count;
    mutex->count = 0;
    int error =
        __condword_wait(&cond->condvar, &mutex->lock, __scope(cond->attributes & COND_SHARED),
                        __mutex_scope(mutex), clock, abstime);
    mutex->count = count;
    return error;
}

static cloudabi_clockid_t clock_of(const struct cond *cond) {
    cloudabi_clockid_t clock = cond->attributes & ~COND_SHARED;
    return clock == 0 ? CLOUDABI_CLOCK_REALTIME : clock;
}

int pthread_cond_timedwait(pthread_cond_t *restrict object, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict abstime) {
    struct cond *cond = (struct cond *)object;
    return __cond_wait_until(cond, __mutex(mutex), clock_of(cond), abstime);
}

int pthread_cond_wait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex) {
    return __cond_wait_until((struct cond *)cond, __mutex(mutex), 0, NULL);
}

int pthread_cond_timedwait_relative_np(pthread_cond_t *restrict cond,
                                       pthread_mutex_t *restrict mutex,
                                       const struct timespec *restrict time) {
    cloudabi_timestamp_t wait, now;
    struct timespec clock;
    if (!__timestamp_of(time, &wait))
        return EINVAL;
    if (clock_gettime(CLOCK_MONOTONIC, &clock) != 0 || !__timestamp_of(&clock, &now))
        return EINVAL;
    cloudabi_timestamp_t until;
    if (__builtin_add_overflow(now, wait, &until))
        until = UINT64_MAX;
    struct timespec abstime = __timespec_of(until);
    return __cond_wait_until((struct cond *)cond, __mutex(mutex), CLOUDABI_CLOCK_MONOTONIC,
                             &abstime);
}
