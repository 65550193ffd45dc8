// SPDX-License-Identifier: BSD-2-Clause
// Constants of threads: each value that can be set is answered, or refused as POSIX has it.
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <threads.h>

#include "distinct.h"

#define KEPT(set, get, object, value)                                                              \
    do {                                                                                           \
        int got = -1;                                                                              \
        CHECK_INT(t, set(object, value), 0);                                                       \
        CHECK_INT(t, get(object, &got), 0);                                                        \
        CHECK_INT(t, got, value);                                                                  \
    } while (0)

static void attributes(struct check *t) {
    pthread_attr_t attr;
    CHECK_REQUIRE(t, pthread_attr_init(&attr) == 0);
    KEPT(pthread_attr_setdetachstate, pthread_attr_getdetachstate, &attr, PTHREAD_CREATE_DETACHED);
    KEPT(pthread_attr_setdetachstate, pthread_attr_getdetachstate, &attr, PTHREAD_CREATE_JOINABLE);
    KEPT(pthread_attr_setinheritsched, pthread_attr_getinheritsched, &attr, PTHREAD_EXPLICIT_SCHED);
    KEPT(pthread_attr_setinheritsched, pthread_attr_getinheritsched, &attr, PTHREAD_INHERIT_SCHED);
    KEPT(pthread_attr_setschedpolicy, pthread_attr_getschedpolicy, &attr, SCHED_FIFO);
    KEPT(pthread_attr_setschedpolicy, pthread_attr_getschedpolicy, &attr, SCHED_RR);
    KEPT(pthread_attr_setschedpolicy, pthread_attr_getschedpolicy, &attr, SCHED_OTHER);
    KEPT(pthread_attr_setscope, pthread_attr_getscope, &attr, PTHREAD_SCOPE_SYSTEM);
    CHECK_INT(t, pthread_attr_setscope(&attr, PTHREAD_SCOPE_PROCESS), ENOTSUP);
    DISTINCT(t, NAMED(PTHREAD_CREATE_DETACHED), NAMED(PTHREAD_CREATE_JOINABLE));
    DISTINCT(t, NAMED(PTHREAD_EXPLICIT_SCHED), NAMED(PTHREAD_INHERIT_SCHED));
    DISTINCT(t, NAMED(SCHED_FIFO), NAMED(SCHED_RR), NAMED(SCHED_OTHER));
    CHECK_INT(t, pthread_attr_destroy(&attr), 0);
}

static void locks(struct check *t) {
    pthread_mutexattr_t attr;
    CHECK_REQUIRE(t, pthread_mutexattr_init(&attr) == 0);
    KEPT(pthread_mutexattr_settype, pthread_mutexattr_gettype, &attr, PTHREAD_MUTEX_RECURSIVE);
    KEPT(pthread_mutexattr_settype, pthread_mutexattr_gettype, &attr, PTHREAD_MUTEX_ERRORCHECK);
    KEPT(pthread_mutexattr_settype, pthread_mutexattr_gettype, &attr, PTHREAD_MUTEX_NORMAL);
    KEPT(pthread_mutexattr_settype, pthread_mutexattr_gettype, &attr, PTHREAD_MUTEX_DEFAULT);
    KEPT(pthread_mutexattr_setpshared, pthread_mutexattr_getpshared, &attr,
         PTHREAD_PROCESS_PRIVATE);
    KEPT(pthread_mutexattr_setrobust, pthread_mutexattr_getrobust, &attr, PTHREAD_MUTEX_STALLED);
    KEPT(pthread_mutexattr_setprotocol, pthread_mutexattr_getprotocol, &attr, PTHREAD_PRIO_NONE);
    CHECK_INT(t, pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT), ENOTSUP);
    CHECK_INT(t, pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT), ENOTSUP);
    DISTINCT(t, NAMED(PTHREAD_MUTEX_RECURSIVE), NAMED(PTHREAD_MUTEX_ERRORCHECK),
             NAMED(PTHREAD_MUTEX_NORMAL));
    DISTINCT(t, NAMED(PTHREAD_MUTEX_STALLED), NAMED(PTHREAD_MUTEX_ROBUST));
    DISTINCT(t, NAMED(PTHREAD_PROCESS_PRIVATE), NAMED(PTHREAD_PROCESS_SHARED));
    DISTINCT(t, NAMED(PTHREAD_PRIO_NONE), NAMED(PTHREAD_PRIO_INHERIT), NAMED(PTHREAD_PRIO_PROTECT));
    CHECK_INT(t, pthread_mutexattr_destroy(&attr), 0);
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static once_flag flag = ONCE_FLAG_INIT;
static int runs;

static void run(void) {
    ++runs;
}

static void beginnings(struct check *t) {
    CHECK_INT(t, pthread_mutex_lock(&mutex), 0);
    CHECK_INT(t, pthread_cond_signal(&cond), 0);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(t, pthread_rwlock_wrlock(&rwlock), 0);
    CHECK_INT(t, pthread_rwlock_unlock(&rwlock), 0);
    for (int i = 0; i < 2; ++i) {
        CHECK_INT(t, pthread_once(&once, run), 0);
        call_once(&flag, run);
    }
    CHECK_INT(t, runs, 2);
    pthread_barrier_t barrier;
    CHECK_REQUIRE(t, pthread_barrier_init(&barrier, NULL, 1) == 0);
    CHECK_INT(t, pthread_barrier_wait(&barrier), PTHREAD_BARRIER_SERIAL_THREAD);
    CHECK_INT(t, pthread_barrier_destroy(&barrier), 0);
    CHECK(t, !pthread_equal(pthread_self(), PTHREAD_NULL));
    CHECK(t, PTHREAD_CANCELED != NULL);
}

static void cancellation(struct check *t) {
    DISTINCT(t, NAMED(PTHREAD_CANCEL_ENABLE), NAMED(PTHREAD_CANCEL_DISABLE),
             NAMED(PTHREAD_CANCEL_MASKED));
    DISTINCT(t, NAMED(PTHREAD_CANCEL_DEFERRED), NAMED(PTHREAD_CANCEL_ASYNCHRONOUS));
    static const int states[] = {PTHREAD_CANCEL_DISABLE, PTHREAD_CANCEL_MASKED,
                                 PTHREAD_CANCEL_ENABLE};
    int before = PTHREAD_CANCEL_ENABLE, old = -1;
    for (size_t i = 0; i < 3; ++i, before = states[i - 1]) {
        CHECK_INT(t, pthread_setcancelstate(states[i], &old), 0);
        CHECK_INT(t, old, before);
    }
    CHECK_INT(t, pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &old), 0);
    CHECK_INT(t, old, PTHREAD_CANCEL_DEFERRED);
}

static thread_local int own = 1;

static int change(void *result) {
    own = 2;
    *(int *)result = own;
    return 7;
}

static void c11(struct check *t) {
    DISTINCT(t, NAMED(thrd_success), NAMED(thrd_busy), NAMED(thrd_error), NAMED(thrd_nomem),
             NAMED(thrd_timedout));
    FLAGS(t, NAMED(mtx_recursive), NAMED(mtx_timed));
    static const int kinds[] = {mtx_plain, mtx_timed, mtx_recursive, mtx_timed | mtx_recursive};
    for (size_t i = 0; i < 4; ++i) {
        mtx_t lock;
        CHECK_INT(t, mtx_init(&lock, kinds[i]), thrd_success);
        CHECK_INT(t, mtx_lock(&lock), thrd_success);
        bool again = mtx_trylock(&lock) == thrd_success;
        CHECK_INT(t, again, (kinds[i] & mtx_recursive) != 0);
        if (again)
            mtx_unlock(&lock);
        mtx_unlock(&lock);
        mtx_destroy(&lock);
    }
    thrd_t thread;
    int seen = 0, result = 0;
    CHECK_REQUIRE(t, thrd_create(&thread, change, &seen) == thrd_success);
    CHECK_INT(t, thrd_join(thread, &result), thrd_success);
    CHECK_INT(t, result, 7);
    CHECK_INT(t, seen, 2);
    CHECK_INT(t, own, 1);
    CHECK(t, TSS_DTOR_ITERATIONS > 0);
}

static void atomics(struct check *t) {
    DISTINCT(t, NAMED(memory_order_relaxed), NAMED(memory_order_consume),
             NAMED(memory_order_acquire), NAMED(memory_order_release), NAMED(memory_order_acq_rel),
             NAMED(memory_order_seq_cst));
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-pragma" // C17 disapproves of it, and has it still
    atomic_int number = ATOMIC_VAR_INIT(3);
#pragma clang diagnostic pop
    atomic_llong longer = 4;
    atomic_flag taken = ATOMIC_FLAG_INIT;
    CHECK_INT(t, atomic_is_lock_free(&number), ATOMIC_INT_LOCK_FREE == 2);
    CHECK_INT(t, atomic_is_lock_free(&longer), ATOMIC_LLONG_LOCK_FREE == 2);
    CHECK_INT(t, atomic_fetch_add_explicit(&number, 1, memory_order_acq_rel), 3);
    CHECK_INT(t, kill_dependency(atomic_load_explicit(&number, memory_order_consume)), 4);
    CHECK(t, !atomic_flag_test_and_set(&taken) && atomic_flag_test_and_set(&taken));
}

#define TESTS(X) X(attributes) X(locks) X(beginnings) X(cancellation) X(c11) X(atomics)
CHECK_MAIN(TESTS)
