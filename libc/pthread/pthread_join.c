// SPDX-License-Identifier: BSD-2-Clause
// Waiting for a thread's end: its join lock, which it holds for writing, can then be had for
// reading. The lock dies with the thread and is never released.

#define _GNU_SOURCE
#include "lockword.h"
#include "thread.h"

static bool ended(struct pthread *thread) {
    return atomic_load_explicit(&thread->join, memory_order_acquire) == CLOUDABI_LOCK_UNLOCKED;
}

static int join(struct pthread *thread, void **result, const struct timespec *abstime) {
    if (thread == __pthread_self())
        return EDEADLK;
    if (thread->detach_state == DT_DETACHED)
        return EINVAL;
    if (!ended(thread)) {
        int error =
            __lockword_wait(&thread->join, CLOUDABI_SCOPE_PRIVATE, CLOUDABI_EVENTTYPE_LOCK_RDLOCK,
                            CLOUDABI_CLOCK_REALTIME, abstime);
        if (error != 0)
            return error;
    }
    if (result != NULL)
        *result = thread->result;
    __thread_free(thread);
    return 0;
}

int pthread_join(pthread_t thread, void **result) {
    return join(thread, result, NULL);
}

int pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *abstime) {
    return join(thread, result, abstime);
}

int pthread_tryjoin_np(pthread_t thread, void **result) {
    return ended(thread) ? join(thread, result, NULL) : EBUSY;
}

int pthread_detach(pthread_t thread) {
    int state = DT_JOINABLE;
    if (atomic_compare_exchange_strong(&thread->detach_state, &state, DT_DETACHED))
        return 0;
    // It has ended, or is just about to, as a joinable thread.
    return state == DT_EXITED ? join(thread, NULL, NULL) : EINVAL;
}
