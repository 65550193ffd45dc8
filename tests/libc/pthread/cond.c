// SPDX-License-Identifier: BSD-2-Clause
// Condition variables: ping-pong, a crowd, time limits by both clocks.

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "check.h"

enum { ROUNDS = 5000, CROWD = 8 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int turn, passes;

// Two threads, each of which waits until it is its turn.
static void *play(void *me) {
    int mine = (int)(intptr_t)me;
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < ROUNDS; ++i) {
        while (turn != mine)
            pthread_cond_wait(&cond, &mutex);
        ++passes;
        turn = !mine;
        pthread_cond_signal(&cond);
    }
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void ping_pong(struct check *t) {
    pthread_t threads[2];
    for (intptr_t i = 0; i < 2; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, play, (void *)i) == 0);
    for (int i = 0; i < 2; ++i)
        CHECK_INT(t, pthread_join(threads[i], NULL), 0);
    CHECK_INT(t, passes, 2 * ROUNDS);
}

static int waiting, go, through;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;

static void *wait_to_go(void *unused) {
    pthread_mutex_lock(&mutex);
    ++waiting;
    pthread_cond_signal(&arrived);
    while (!go)
        pthread_cond_wait(&cond, &mutex);
    ++through;
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void everybody(struct check *t) {
    pthread_t threads[CROWD];
    for (int i = 0; i < CROWD; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, wait_to_go, NULL) == 0);
    pthread_mutex_lock(&mutex);
    while (waiting < CROWD)
        pthread_cond_wait(&arrived, &mutex);
    CHECK_INT(t, pthread_cond_destroy(&cond), EBUSY);
    go = 1;
    CHECK_INT(t, pthread_cond_broadcast(&cond), 0);
    pthread_mutex_unlock(&mutex);
    for (int i = 0; i < CROWD; ++i)
        CHECK_INT(t, pthread_join(threads[i], NULL), 0);
    CHECK_INT(t, through, CROWD);
    CHECK_INT(t, pthread_cond_destroy(&cond), 0);
}

static long since(clockid_t clock, const struct timespec *start) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

static void limit(struct check *t, clockid_t clock) {
    pthread_cond_t nobody;
    pthread_condattr_t attr;
    clockid_t stored = -1;
    CHECK_INT(t, pthread_condattr_init(&attr), 0);
    CHECK_INT(t, pthread_condattr_setclock(&attr, clock), 0);
    CHECK_INT(t, pthread_condattr_getclock(&attr, &stored), 0);
    CHECK_INT(t, stored, clock);
    CHECK_INT(t, pthread_cond_init(&nobody, &attr), 0);
    struct timespec start, until;
    clock_gettime(clock, &start);
    until = start;
    until.tv_nsec += 30000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&mutex);
    CHECK_INT(t, pthread_cond_timedwait(&nobody, &mutex, &until), ETIMEDOUT);
    CHECK(t, since(clock, &start) >= 29);
    // The mutex is held again.
    CHECK_INT(t, pthread_mutex_trylock(&mutex), EBUSY);
    CHECK_INT(t, pthread_mutex_unlock(&mutex), 0);
    CHECK_INT(t, pthread_cond_destroy(&nobody), 0);
}

static void time_limits(struct check *t) {
    limit(t, CLOCK_REALTIME);
    limit(t, CLOCK_MONOTONIC);
    pthread_condattr_t attr;
    clockid_t stored = -1;
    pthread_condattr_init(&attr);
    CHECK_INT(t, pthread_condattr_getclock(&attr, &stored), 0);
    CHECK_INT(t, stored, CLOCK_REALTIME);
    CHECK_INT(t, pthread_condattr_setclock(&attr, CLOCK_PROCESS_CPUTIME_ID), EINVAL);
}

static void relative_limit(struct check *t) {
    pthread_cond_t nobody = PTHREAD_COND_INITIALIZER;
    struct timespec start, wait = {.tv_nsec = 30000000}, nonsense = {.tv_nsec = 1000000000};
    clock_gettime(CLOCK_MONOTONIC, &start);
    pthread_mutex_lock(&mutex);
    CHECK_INT(t, pthread_cond_timedwait_relative_np(&nobody, &mutex, &wait), ETIMEDOUT);
    CHECK(t, since(CLOCK_MONOTONIC, &start) >= 29);
    CHECK_INT(t, pthread_cond_timedwait_relative_np(&nobody, &mutex, &nonsense), EINVAL);
    pthread_mutex_unlock(&mutex);
    CHECK_INT(t, pthread_cond_wait(&nobody, &mutex), EPERM);
}

static int tokens, taken;

// Takes tokens, waiting for each at most a hundredth of a millisecond at a time.
static void *take_tokens(void *failed) {
    for (int i = 0; i < 1000; ++i) {
        pthread_mutex_lock(&mutex);
        while (tokens == 0) {
            struct timespec wait = {.tv_nsec = 10000};
            int error = pthread_cond_timedwait_relative_np(&arrived, &mutex, &wait);
            if ((error != 0 && error != ETIMEDOUT) || pthread_mutex_trylock(&mutex) != EBUSY) {
                pthread_mutex_unlock(&mutex);
                return failed;
            }
        }
        --tokens;
        ++taken;
        pthread_mutex_unlock(&mutex);
    }
    return NULL;
}

static void *give_tokens(void *failed) {
    for (int i = 0; i < 1500; ++i) {
        if (pthread_mutex_lock(&mutex) != 0)
            return failed;
        ++tokens;
        if (pthread_mutex_unlock(&mutex) != 0)
            return failed;
        // Without the mutex: the signal may meet anything.
        pthread_cond_signal(&arrived);
        if (i % 10 == 0)
            nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
    }
    return NULL;
}

// Signals and the ends of waits cross each other.
static void impatience(struct check *t) {
    pthread_t threads[5];
    for (int i = 0; i < 5; ++i)
        CHECK_REQUIRE(t,
                      pthread_create(&threads[i], NULL, i < 3 ? take_tokens : give_tokens, t) == 0);
    for (int i = 0; i < 5; ++i) {
        void *failed = t;
        CHECK_INT(t, pthread_join(threads[i], &failed), 0);
        CHECK(t, failed == NULL);
    }
    CHECK_INT(t, taken, 3000);
    CHECK_INT(t, tokens, 0);
    CHECK_INT(t, pthread_cond_destroy(&arrived), 0);
}

static pthread_mutex_t again;
static int told;

static void *tell(void *unused) {
    pthread_mutex_lock(&again);
    told = 1;
    pthread_cond_signal(&arrived);
    pthread_mutex_unlock(&again);
    return unused;
}

static void with_a_recursive_mutex(struct check *t) {
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&again, &attr);
    pthread_mutex_lock(&again);
    pthread_mutex_lock(&again);
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, tell, NULL) == 0);
    while (!told)
        CHECK_REQUIRE(t, pthread_cond_wait(&arrived, &again) == 0);
    CHECK_INT(t, pthread_mutex_unlock(&again), 0);
    CHECK_INT(t, pthread_mutex_unlock(&again), 0);
    CHECK_INT(t, pthread_mutex_unlock(&again), EPERM);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
}

#define TESTS(X)                                                                                   \
    X(ping_pong)                                                                                   \
    X(everybody)                                                                                   \
    X(time_limits)                                                                                 \
    X(relative_limit)                                                                              \
    X(impatience)                                                                                  \
    X(with_a_recursive_mutex)
CHECK_MAIN(TESTS)
