// SPDX-License-Identifier: BSD-2-Clause
// Reader-writer locks, alone and under contention.

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include "check.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static long left, right;
static atomic_int readers, most_readers;

static void *write_both(void *failed) {
    for (int i = 0; i < 3000; ++i) {
        if (pthread_rwlock_wrlock(&lock) != 0 || atomic_load(&readers) != 0)
            return failed;
        ++left;
        __asm__ volatile("pause" : : : "memory");
        ++right;
        if (pthread_rwlock_unlock(&lock) != 0)
            return failed;
    }
    return NULL;
}

static void *read_both(void *failed) {
    for (int i = 0; i < 3000; ++i) {
        if (pthread_rwlock_rdlock(&lock) != 0)
            return failed;
        int now = atomic_fetch_add(&readers, 1) + 1;
        if (now > atomic_load(&most_readers))
            atomic_store(&most_readers, now);
        bool same = left == right;
        if (i % 64 == 0)
            sched_yield();
        atomic_fetch_sub(&readers, 1);
        if (pthread_rwlock_unlock(&lock) != 0 || !same)
            return failed;
    }
    return NULL;
}

static void contention(struct check *t) {
    pthread_t threads[6];
    for (int i = 0; i < 6; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, i < 2 ? write_both : read_both, t) == 0);
    for (int i = 0; i < 6; ++i) {
        void *failed = t;
        CHECK_INT(t, pthread_join(threads[i], &failed), 0);
        CHECK(t, failed == NULL);
    }
    CHECK_INT(t, left, 6000);
    CHECK_INT(t, pthread_rwlock_destroy(&lock), 0);
}

static struct timespec soon(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    time.tv_nsec += 20000000;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

// What another thread can do to the lock: 1 for reading, 2 for writing, both with a time limit.
static void *probe(void *object) {
    pthread_rwlock_t *tried = object;
    struct timespec until = soon();
    intptr_t can = 0;
    if (pthread_rwlock_timedrdlock(tried, &until) == 0) {
        can |= 1;
        pthread_rwlock_unlock(tried);
    }
    until = soon();
    if (pthread_rwlock_timedwrlock(tried, &until) == 0) {
        can |= 2;
        pthread_rwlock_unlock(tried);
    }
    return (void *)can;
}

static int elsewhere(pthread_rwlock_t *tried) {
    pthread_t thread;
    void *can = NULL;
    if (pthread_create(&thread, NULL, probe, tried) != 0)
        return -1;
    pthread_join(thread, &can);
    return (int)(intptr_t)can;
}

static void rules(struct check *t) {
    pthread_rwlock_t own;
    CHECK_INT(t, pthread_rwlock_init(&own, NULL), 0);
    CHECK_INT(t, elsewhere(&own), 3);
    CHECK_INT(t, pthread_rwlock_unlock(&own), EPERM);

    CHECK_INT(t, pthread_rwlock_rdlock(&own), 0);
    CHECK_INT(t, pthread_rwlock_tryrdlock(&own), 0);
    CHECK_INT(t, pthread_rwlock_trywrlock(&own), EBUSY);
    CHECK_INT(t, elsewhere(&own), 1);
    CHECK_INT(t, pthread_rwlock_unlock(&own), 0);
    CHECK_INT(t, pthread_rwlock_unlock(&own), 0);

    CHECK_INT(t, pthread_rwlock_wrlock(&own), 0);
    CHECK_INT(t, pthread_rwlock_wrlock(&own), EDEADLK);
    CHECK_INT(t, pthread_rwlock_rdlock(&own), EDEADLK);
    CHECK_INT(t, pthread_rwlock_tryrdlock(&own), EBUSY);
    CHECK_INT(t, elsewhere(&own), 0);
    CHECK_INT(t, pthread_rwlock_destroy(&own), EBUSY);
    CHECK_INT(t, pthread_rwlock_unlock(&own), 0);
    CHECK_INT(t, elsewhere(&own), 3);
    CHECK_INT(t, pthread_rwlock_destroy(&own), 0);
}

#define TESTS(X)                                                                                   \
    X(contention)                                                                                  \
    X(rules)
CHECK_MAIN(TESTS)
