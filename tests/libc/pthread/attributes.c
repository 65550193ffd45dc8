// SPDX-License-Identifier: BSD-2-Clause
// Attributes and settings: what is stored, what is refused, and what has no effect.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>

#include "check.h"

static void of_threads(struct check *t) {
    pthread_attr_t attr;
    size_t size = 0;
    int value = -1;
    void *stack;
    CHECK_INT(t, pthread_attr_init(&attr), 0);
    CHECK_INT(t, pthread_attr_getstacksize(&attr, &size), 0);
    CHECK_INT(t, size, 1 << 20);
    CHECK_INT(t, pthread_attr_getdetachstate(&attr, &value), 0);
    CHECK_INT(t, value, PTHREAD_CREATE_JOINABLE);
    CHECK_INT(t, pthread_attr_setdetachstate(&attr, 7), EINVAL);
    CHECK_INT(t, pthread_attr_setguardsize(&attr, 10000), 0);
    CHECK_INT(t, pthread_attr_getguardsize(&attr, &size), 0);
    CHECK_INT(t, size, 10000);
    CHECK_INT(t, pthread_attr_getstack(&attr, &stack, &size), EINVAL);
    CHECK_INT(t, pthread_attr_setstack(&attr, &attr, PTHREAD_STACK_MIN - 1), EINVAL);
    CHECK_INT(t, pthread_attr_destroy(&attr), 0);
}

static void of_scheduling(struct check *t) {
    pthread_attr_t attr;
    struct sched_param param = {.sched_priority = 3};
    int value = -1;
    pthread_attr_init(&attr);
    CHECK_INT(t, pthread_attr_setscope(&attr, PTHREAD_SCOPE_SYSTEM), 0);
    CHECK_INT(t, pthread_attr_setscope(&attr, PTHREAD_SCOPE_PROCESS), ENOTSUP);
    CHECK_INT(t, pthread_attr_getscope(&attr, &value), 0);
    CHECK_INT(t, value, PTHREAD_SCOPE_SYSTEM);
    CHECK_INT(t, pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED), 0);
    CHECK_INT(t, pthread_attr_getinheritsched(&attr, &value), 0);
    CHECK_INT(t, value, PTHREAD_EXPLICIT_SCHED);
    CHECK_INT(t, pthread_attr_setschedpolicy(&attr, 1), 0);
    CHECK_INT(t, pthread_attr_getschedpolicy(&attr, &value), 0);
    CHECK_INT(t, value, 1);
    CHECK_INT(t, pthread_attr_setschedparam(&attr, &param), 0);
    param.sched_priority = 0;
    CHECK_INT(t, pthread_attr_getschedparam(&attr, &param), 0);
    CHECK_INT(t, param.sched_priority, 3);
    CHECK_INT(t, pthread_setconcurrency(-1), EINVAL);
    CHECK_INT(t, pthread_setconcurrency(0), 0);
    CHECK_INT(t, pthread_getconcurrency(), 0);
    CHECK_INT(t, sched_yield(), 0);
}

static void by_default(struct check *t) {
    pthread_attr_t attr, changed;
    size_t before = 0, after = 0;
    CHECK_INT(t, pthread_getattr_default_np(&attr), 0);
    CHECK_INT(t, pthread_attr_getstacksize(&attr, &before), 0);
    CHECK_INT(t, pthread_attr_setstacksize(&attr, before + 65536), 0);
    CHECK_INT(t, pthread_setattr_default_np(&attr), 0);
    CHECK_INT(t, pthread_attr_init(&changed), 0);
    CHECK_INT(t, pthread_attr_getstacksize(&changed, &after), 0);
    CHECK_INT(t, after, before + 65536);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    CHECK_INT(t, pthread_setattr_default_np(&attr), EINVAL);
}

static void of_locks(struct check *t) {
    pthread_mutexattr_t mutex;
    pthread_rwlockattr_t rwlock;
    pthread_condattr_t cond;
    pthread_barrierattr_t barrier;
    pthread_rwlock_t lock;
    pthread_barrier_t alone;
    int value = -1;
    CHECK_INT(t, pthread_mutexattr_init(&mutex), 0);
    CHECK_INT(t, pthread_mutexattr_settype(&mutex, PTHREAD_MUTEX_RECURSIVE), 0);
    CHECK_INT(t, pthread_mutexattr_gettype(&mutex, &value), 0);
    CHECK_INT(t, value, PTHREAD_MUTEX_RECURSIVE);
    CHECK_INT(t, pthread_mutexattr_destroy(&mutex), 0);

    CHECK_INT(t, pthread_rwlockattr_init(&rwlock), 0);
    CHECK_INT(t, pthread_rwlockattr_getpshared(&rwlock, &value), 0);
    CHECK_INT(t, value, PTHREAD_PROCESS_PRIVATE);
    CHECK_INT(t, pthread_rwlock_init(&lock, &rwlock), 0);
    CHECK_INT(t, pthread_rwlockattr_destroy(&rwlock), 0);
    CHECK_INT(t, pthread_rwlock_destroy(&lock), 0);

    CHECK_INT(t, pthread_condattr_init(&cond), 0);
    CHECK_INT(t, pthread_condattr_getpshared(&cond, &value), 0);
    CHECK_INT(t, value, PTHREAD_PROCESS_PRIVATE);
    CHECK_INT(t, pthread_condattr_destroy(&cond), 0);

    CHECK_INT(t, pthread_barrierattr_init(&barrier), 0);
    CHECK_INT(t, pthread_barrierattr_getpshared(&barrier, &value), 0);
    CHECK_INT(t, value, PTHREAD_PROCESS_PRIVATE);
    CHECK_INT(t, pthread_barrier_init(&alone, &barrier, 1), 0);
    CHECK_INT(t, pthread_barrierattr_destroy(&barrier), 0);
    CHECK_INT(t, pthread_barrier_wait(&alone), PTHREAD_BARRIER_SERIAL_THREAD);
    CHECK_INT(t, pthread_barrier_destroy(&alone), 0);
}

static void never_called(void) {
    abort();
}

// There is no cancellation and no fork: the settings are kept, the handlers wait in vain.
static void without_effect(struct check *t) {
    int old = -1;
    CHECK_INT(t, pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old), 0);
    CHECK_INT(t, old, PTHREAD_CANCEL_ENABLE);
    CHECK_INT(t, pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old), 0);
    CHECK_INT(t, old, PTHREAD_CANCEL_DISABLE);
    CHECK_INT(t, pthread_setcancelstate(99, NULL), EINVAL);
    CHECK_INT(t, pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old), 0);
    CHECK_INT(t, old, PTHREAD_CANCEL_DEFERRED);
    CHECK_INT(t, pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, NULL), 0);
    pthread_testcancel();
    CHECK_INT(t, pthread_atfork(never_called, never_called, never_called), 0);
}

#define TESTS(X)                                                                                   \
    X(of_threads)                                                                                  \
    X(of_scheduling)                                                                               \
    X(by_default)                                                                                  \
    X(of_locks)                                                                                    \
    X(without_effect)
CHECK_MAIN(TESTS)
