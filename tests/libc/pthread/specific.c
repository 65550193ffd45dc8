// SPDX-License-Identifier: BSD-2-Clause
// Thread-specific data, running things once, barriers.

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "check.h"

static pthread_key_t key, second;
static atomic_int destroyed;

static void destroy(void *value) {
    atomic_fetch_add(&destroyed, *(int *)value);
}

// Sets a value again, which the next round destroys.
static void destroy_twice(void *value) {
    if (atomic_fetch_add(&destroyed, 100) < 200)
        pthread_setspecific(second, value);
}

static void *set_values(void *failed) {
    static int one = 1;
    if (pthread_getspecific(key) != NULL || pthread_setspecific(key, &one) != 0 ||
        pthread_setspecific(second, &one) != 0)
        return failed;
    return pthread_getspecific(key) == &one ? NULL : failed;
}

static void values(struct check *t) {
    int mine;
    CHECK_INT(t, pthread_key_create(&key, destroy), 0);
    CHECK_INT(t, pthread_key_create(&second, destroy_twice), 0);
    CHECK_INT(t, pthread_setspecific(key, &mine), 0);
    pthread_t thread;
    void *failed = t;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, set_values, t) == 0);
    CHECK_INT(t, pthread_join(thread, &failed), 0);
    CHECK(t, failed == NULL);
    CHECK_INT(t, destroyed, 301);
    CHECK(t, pthread_getspecific(key) == &mine);
    // A key that takes a deleted one's place does not find its value.
    CHECK_INT(t, pthread_key_delete(key), 0);
    CHECK_INT(t, pthread_key_delete(key), EINVAL);
    CHECK_INT(t, pthread_setspecific(key, &mine), EINVAL);
    CHECK_INT(t, pthread_key_create(&key, NULL), 0);
    CHECK(t, pthread_getspecific(key) == NULL);
    CHECK_INT(t, pthread_key_delete(key), 0);
    CHECK_INT(t, pthread_key_delete(second), 0);
}

static void how_many(struct check *t) {
    pthread_key_t keys[PTHREAD_KEYS_MAX];
    for (int i = 0; i < PTHREAD_KEYS_MAX; ++i)
        CHECK_INT(t, pthread_key_create(&keys[i], NULL), 0);
    CHECK_INT(t, pthread_key_create(&key, NULL), EAGAIN);
    for (int i = 0; i < PTHREAD_KEYS_MAX; ++i)
        CHECK_INT(t, pthread_key_delete(keys[i]), 0);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_int runs;
static atomic_bool finished;

static void run_slowly(void) {
    atomic_fetch_add(&runs, 1);
    nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
    finished = true;
}

static void *run_once(void *failed) {
    return pthread_once(&once, run_slowly) == 0 && finished ? NULL : failed;
}

static void one_run(struct check *t) {
    pthread_t threads[4];
    for (int i = 0; i < 4; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, run_once, t) == 0);
    for (int i = 0; i < 4; ++i) {
        void *failed = t;
        CHECK_INT(t, pthread_join(threads[i], &failed), 0);
        CHECK(t, failed == NULL);
    }
    CHECK_INT(t, runs, 1);
}

static pthread_once_t abandoned = PTHREAD_ONCE_INIT;

static void give_up(void) {
    pthread_exit(NULL);
}

static void *abandon(void *unused) {
    pthread_once(&abandoned, give_up);
    return unused;
}

static void add_run(void) {
    atomic_fetch_add(&runs, 1);
}

static void after_an_abandoned_one(struct check *t) {
    pthread_t thread;
    void *result = t;
    runs = 0;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, abandon, t) == 0);
    CHECK_INT(t, pthread_join(thread, &result), 0);
    CHECK(t, result == NULL);
    CHECK_INT(t, pthread_once(&abandoned, add_run), 0);
    CHECK_INT(t, runs, 1);
}

enum { PARTY = 4, ROUNDS = 500 };

static pthread_barrier_t barrier;
static atomic_int arrivals, serial;

static void *meet(void *failed) {
    for (int i = 1; i <= ROUNDS; ++i) {
        atomic_fetch_add(&arrivals, 1);
        int result = pthread_barrier_wait(&barrier);
        if (result == PTHREAD_BARRIER_SERIAL_THREAD)
            atomic_fetch_add(&serial, 1);
        else if (result != 0)
            return failed;
        int seen = atomic_load(&arrivals);
        if (seen < i * PARTY)
            return failed;
        pthread_barrier_wait(&barrier);
    }
    return NULL;
}

static void barriers(struct check *t) {
    pthread_t threads[PARTY];
    CHECK_INT(t, pthread_barrier_init(&barrier, NULL, 0), EINVAL);
    CHECK_INT(t, pthread_barrier_init(&barrier, NULL, PARTY), 0);
    for (int i = 0; i < PARTY; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, meet, t) == 0);
    for (int i = 0; i < PARTY; ++i) {
        void *failed = t;
        CHECK_INT(t, pthread_join(threads[i], &failed), 0);
        CHECK(t, failed == NULL);
    }
    CHECK_INT(t, serial, ROUNDS);
    CHECK_INT(t, pthread_barrier_destroy(&barrier), 0);
}

#define TESTS(X)                                                                                   \
    X(values)                                                                                      \
    X(how_many)                                                                                    \
    X(one_run)                                                                                     \
    X(after_an_abandoned_one)                                                                      \
    X(barriers)
CHECK_MAIN(TESTS)
