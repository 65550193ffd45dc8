// SPDX-License-Identifier: BSD-2-Clause
// Detached threads cannot free the stack that they run on: the next thread that is created does.

#include "thread.h"

#include "lock.h"

static volatile int lock[1];
static struct pthread *ended;

void __thread_leave_to_reap(struct pthread *self) {
    LOCK(lock);
    self->next_ended = ended;
    ended = self;
    UNLOCK(lock);
}

// Whether the system no longer uses the thread's memory, and nobody else does.
static bool gone(struct pthread *thread) {
    return atomic_load_explicit(&thread->created, memory_order_acquire) &&
           atomic_load_explicit(&thread->join, memory_order_acquire) == CLOUDABI_LOCK_UNLOCKED;
}

void __thread_reap(void) {
    struct pthread *found = NULL;
    LOCK(lock);
    for (struct pthread **link = &ended; *link != NULL;) {
        struct pthread *thread = *link;
        if (!gone(thread)) {
            link = &thread->next_ended;
            continue;
        }
        *link = thread->next_ended;
        thread->next_ended = found;
        found = thread;
    }
    UNLOCK(lock);
    while (found != NULL) {
        struct pthread *thread = found;
        found = thread->next_ended;
        __thread_free(thread);
    }
}
