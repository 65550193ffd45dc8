// SPDX-License-Identifier: BSD-2-Clause
// C11's threads are POSIX's, with an int for a result.

#include <sched.h>
#include <stdint.h>
#include <time.h>

#include "result.h"
#include "thread.h"

int thrd_create(thrd_t *thread, thrd_start_t start, void *argument) {
    int error = __thread_create(thread, NULL, NULL, start, argument);
    return error == EAGAIN ? thrd_nomem : result(error);
}

_Noreturn void thrd_exit(int code) {
    pthread_exit((void *)(intptr_t)code);
}

int thrd_join(thrd_t thread, int *code) {
    void *value;
    int error = pthread_join(thread, &value);
    if (error == 0 && code != NULL)
        *code = (int)(intptr_t)value;
    return result(error);
}

int thrd_detach(thrd_t thread) {
    return result(pthread_detach(thread));
}

int thrd_sleep(const struct timespec *time, struct timespec *left) {
    // -1 would mean an interruption, which nothing here can cause.
    return clock_nanosleep(CLOCK_REALTIME, 0, time, left) == 0 ? 0 : -2;
}

void thrd_yield(void) {
    sched_yield();
}
