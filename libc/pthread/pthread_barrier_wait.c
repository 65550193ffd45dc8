// SPDX-License-Identifier: BSD-2-Clause
// Barriers: a lock, a condition variable, and a count of those who came.

#include <errno.h>

#include "sync.h"

static void wait_on(struct barrier *barrier) {
    __condword_wait(&barrier->condvar, &barrier->lock, __scope(barrier->shared),
                    __scope(barrier->shared), 0, NULL);
}

static void wake_all(struct barrier *barrier) {
    __condword_signal(&barrier->condvar, __scope(barrier->shared), UINT32_MAX);
}

int pthread_barrier_init(pthread_barrier_t *restrict barrier,
                         const pthread_barrierattr_t *restrict attr, unsigned count) {
    if (count == 0 || count > INT_MAX)
        return EINVAL;
    *(struct barrier *)barrier =
        (struct barrier){.shared = attr ? attr->__attr != 0 : 0, .limit = count};
    return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *object) {
    struct barrier *barrier = (struct barrier *)object;
    __lockword_wrlock(&barrier->lock, __scope(barrier->shared), 0, NULL);
    int error = barrier->arrived > 0 ? EBUSY : 0;
    // One thread may destroy the barrier as soon as it has passed, before the others have left.
    while (barrier->leaving > 0)
        wait_on(barrier);
    __lockword_unlock(&barrier->lock, __scope(barrier->shared));
    return error;
}

int pthread_barrier_wait(pthread_barrier_t *object) {
    struct barrier *barrier = (struct barrier *)object;
    __lockword_wrlock(&barrier->lock, __scope(barrier->shared), 0, NULL);
    int result = 0;
    if (++barrier->arrived == barrier->limit) {
        barrier->leaving += barrier->limit - 1;
        barrier->arrived = 0;
        ++barrier->generation;
        wake_all(barrier);
        result = PTHREAD_BARRIER_SERIAL_THREAD;
    } else {
        unsigned generation = barrier->generation;
        while (barrier->generation == generation)
            wait_on(barrier);
        if (--barrier->leaving == 0)
            wake_all(barrier);
    }
    __lockword_unlock(&barrier->lock, __scope(barrier->shared));
    return result;
}
