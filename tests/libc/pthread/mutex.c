// SPDX-License-Identifier: BSD-2-Clause
// Mutexes and spin locks, alone and under contention.

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "check.h"

enum { THREADS = 4, ROUNDS = 20000 };

static pthread_mutex_t contended = PTHREAD_MUTEX_INITIALIZER;
static pthread_spinlock_t spin;
static long by_mutex, by_spin;

static void *add_under_mutex(void *failed) {
    for (int i = 0; i < ROUNDS; ++i) {
        if (pthread_mutex_lock(&contended) != 0)
            return failed;
        long value = by_mutex;
        // Make room for others to interfere.
        __asm__ volatile("pause" : : : "memory");
        by_mutex = value + 1;
        if (pthread_mutex_unlock(&contended) != 0)
            return failed;
    }
    return NULL;
}

static void *add_under_spin(void *failed) {
    for (int i = 0; i < ROUNDS; ++i) {
        if (pthread_spin_lock(&spin) != 0)
            return failed;
        ++by_spin;
        if (pthread_spin_unlock(&spin) != 0)
            return failed;
    }
    return NULL;
}

static void run(struct check *t, void *(*function)(void *)) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, function, t) == 0);
    for (int i = 0; i < THREADS; ++i) {
        void *failed = t;
        CHECK_INT(t, pthread_join(threads[i], &failed), 0);
        CHECK(t, failed == NULL);
    }
}

static void contention(struct check *t) {
    run(t, add_under_mutex);
    CHECK_INT(t, by_mutex, THREADS * ROUNDS);
}

static void spinning(struct check *t) {
    CHECK_INT(t, pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE), 0);
    run(t, add_under_spin);
    CHECK_INT(t, by_spin, THREADS * ROUNDS);
    CHECK_INT(t, pthread_spin_trylock(&spin), 0);
    CHECK_INT(t, pthread_spin_trylock(&spin), EBUSY);
    CHECK_INT(t, pthread_spin_unlock(&spin), 0);
    CHECK_INT(t, pthread_spin_destroy(&spin), 0);
}

static void init(pthread_mutex_t *mutex, int type) {
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, type);
    pthread_mutex_init(mutex, &attr);
}

// What another thread finds when it tries these, as one number.
static void *try_and_unlock(void *mutex) {
    int error = pthread_mutex_trylock(mutex);
    return (void *)(intptr_t)(error * 100 + pthread_mutex_unlock(mutex));
}

static int elsewhere(pthread_mutex_t *mutex) {
    pthread_t thread;
    void *result = NULL;
    if (pthread_create(&thread, NULL, try_and_unlock, mutex) != 0)
        return -1;
    pthread_join(thread, &result);
    return (int)(intptr_t)result;
}

static void recursive(struct check *t) {
    pthread_mutex_t mutex;
    init(&mutex, PTHREAD_MUTEX_RECURSIVE);
    CHECK_INT(t, pthread_mutex_lock(&mutex), 0);
    CHECK_INT(t, pthread_mutex_lock(&mutex), 0);
    CHECK_INT(t, pthread_mutex_trylock(&mutex), 0);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(t, elsewhere(&mutex), EBUSY * 100 + EPERM);
    CHECK_INT(t, pthread_mutex_destroy(&mutex), EBUSY);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(t, elsewhere(&mutex), 0);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), EPERM);
    CHECK_INT(t, pthread_mutex_destroy(&mutex), 0);
}

static void error_checking(struct check *t) {
    pthread_mutex_t mutex;
    init(&mutex, PTHREAD_MUTEX_ERRORCHECK);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), EPERM);
    CHECK_INT(t, pthread_mutex_lock(&mutex), 0);
    CHECK_INT(t, pthread_mutex_lock(&mutex), EDEADLK);
    CHECK_INT(t, pthread_mutex_trylock(&mutex), EBUSY);
    CHECK_INT(t, elsewhere(&mutex), EBUSY * 100 + EPERM);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
}

static struct timespec soon(long milliseconds) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += milliseconds * 1000000;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

static void *time_out(void *mutex) {
    struct timespec until = soon(20);
    return (void *)(intptr_t)pthread_mutex_timedlock(mutex, &until);
}

static void time_limits(struct check *t) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    struct timespec nonsense = {.tv_nsec = -1}, past = {0};
    CHECK_INT(t, pthread_mutex_timedlock(&mutex, &nonsense), 0);
    // Its owner waits for itself.
    CHECK_INT(t, pthread_mutex_timedlock(&mutex, &past), ETIMEDOUT);
    pthread_t thread;
    void *result = NULL;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, time_out, &mutex) == 0);
    CHECK_INT(t, pthread_join(thread, &result), 0);
    CHECK_INT(t, (intptr_t)result, ETIMEDOUT);
    // A waiter that gave up leaves nothing behind.
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(t, elsewhere(&mutex), 0);
}

static pthread_mutex_t pair[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
static long by_pair;

static void *lock_both(void *reversed) {
    int first = reversed != NULL;
    for (int i = 0; i < 2000; ++i) {
        pthread_mutex_lock_pair_np(&pair[first], &pair[!first]);
        ++by_pair;
        pthread_mutex_unlock(&pair[0]);
        pthread_mutex_unlock(&pair[1]);
    }
    return NULL;
}

static void two_at_once(struct check *t) {
    pthread_t threads[2];
    for (int i = 0; i < 2; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, lock_both, i ? t : NULL) == 0);
    for (int i = 0; i < 2; ++i)
        CHECK_INT(t, pthread_join(threads[i], NULL), 0);
    CHECK_INT(t, by_pair, 4000);
}

static void what_cannot_be_had(struct check *t) {
    pthread_mutexattr_t attr;
    int value = -1;
    pthread_mutexattr_init(&attr);
    CHECK_INT(t, pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST), ENOTSUP);
    CHECK_INT(t, pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_STALLED), 0);
    CHECK_INT(t, pthread_mutexattr_getrobust(&attr, &value), 0);
    CHECK_INT(t, value, PTHREAD_MUTEX_STALLED);
    CHECK_INT(t, pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT), ENOTSUP);
    CHECK_INT(t, pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_NONE), 0);
    CHECK_INT(t, pthread_mutexattr_getprotocol(&attr, &value), 0);
    CHECK_INT(t, value, PTHREAD_PRIO_NONE);
    CHECK_INT(t, pthread_mutexattr_settype(&attr, 99), EINVAL);
    CHECK_INT(t, pthread_mutex_consistent(&contended), EINVAL);
    CHECK_INT(t, pthread_mutex_getprioceiling(&contended, &value), EINVAL);
    CHECK_INT(t, pthread_mutex_setprioceiling(&contended, 1, &value), EINVAL);
}

#define TESTS(X)                                                                                   \
    X(contention)                                                                                  \
    X(spinning)                                                                                    \
    X(recursive)                                                                                   \
    X(error_checking)                                                                              \
    X(time_limits)                                                                                 \
    X(two_at_once)                                                                                 \
    X(what_cannot_be_had)
CHECK_MAIN(TESTS)
