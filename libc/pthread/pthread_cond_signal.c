// SPDX-License-Identifier: BSD-2-Clause
// Making, ending and signalling condition variables.

#include <errno.h>

#include "sync.h"

int pthread_cond_init(pthread_cond_t *restrict cond, const pthread_condattr_t *restrict attr) {
    *(struct cond *)cond = (struct cond){.attributes = attr ? attr->__attr : 0};
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *cond) {
    return ((struct cond *)cond)->condvar == CLOUDABI_CONDVAR_HAS_NO_WAITERS ? 0 : EBUSY;
}

static int wake(struct cond *cond, cloudabi_nthreads_t count) {
    __condword_signal(&cond->condvar, __scope(cond->attributes & COND_SHARED), count);
    return 0;
}

int pthread_cond_signal(pthread_cond_t *cond) {
    return wake((struct cond *)cond, 1);
}

int pthread_cond_broadcast(pthread_cond_t *cond) {
    return wake((struct cond *)cond, UINT32_MAX);
}

int pthread_condattr_init(pthread_condattr_t *attr) {
    *attr = (pthread_condattr_t){CLOCK_REALTIME};
    return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock) {
    if (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME)
        return EINVAL;
    attr->__attr = (attr->__attr & COND_SHARED) | (unsigned)clock;
    return 0;
}
