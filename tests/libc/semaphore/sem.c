// SPDX-License-Identifier: BSD-2-Clause
// Semaphores without names.

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include "check.h"

enum { ITEMS = 20000 };

static sem_t filled, empty;
static int slot;

static void *produce(void *unused) {
    for (int i = 1; i <= ITEMS; ++i) {
        sem_wait(&empty);
        slot = i;
        sem_post(&filled);
    }
    return unused;
}

static void *consume(void *failed) {
    for (int i = 1; i <= ITEMS; ++i) {
        if (sem_wait(&filled) != 0 || slot != i || sem_post(&empty) != 0)
            return failed;
    }
    return NULL;
}

static void hand_over(struct check *t) {
    pthread_t threads[2];
    void *failed = t;
    CHECK_INT(t, sem_init(&filled, 0, 0), 0);
    CHECK_INT(t, sem_init(&empty, 0, 1), 0);
    CHECK_REQUIRE(t, pthread_create(&threads[0], NULL, produce, NULL) == 0);
    CHECK_REQUIRE(t, pthread_create(&threads[1], NULL, consume, t) == 0);
    CHECK_INT(t, pthread_join(threads[0], NULL), 0);
    CHECK_INT(t, pthread_join(threads[1], &failed), 0);
    CHECK(t, failed == NULL);
    CHECK_INT(t, sem_destroy(&filled), 0);
    CHECK_INT(t, sem_destroy(&empty), 0);
}

static void limits(struct check *t) {
    sem_t sem;
    int value = -1;
    CHECK_INT(t, sem_init(&sem, 0, (unsigned)SEM_VALUE_MAX + 1), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, sem_init(&sem, 0, SEM_VALUE_MAX), 0);
    CHECK_INT(t, sem_post(&sem), -1);
    CHECK_INT(t, errno, EOVERFLOW);
    CHECK_INT(t, sem_getvalue(&sem, &value), 0);
    CHECK_INT(t, value, SEM_VALUE_MAX);
}

static void without_waiting(struct check *t) {
    sem_t sem;
    CHECK_INT(t, sem_init(&sem, 0, 1), 0);
    CHECK_INT(t, sem_trywait(&sem), 0);
    CHECK_INT(t, sem_trywait(&sem), -1);
    CHECK_INT(t, errno, EAGAIN);
    struct timespec until, nonsense = {.tv_nsec = -1};
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec -= 1;
    CHECK_INT(t, sem_timedwait(&sem, &until), -1);
    CHECK_INT(t, errno, ETIMEDOUT);
    CHECK_INT(t, sem_timedwait(&sem, &nonsense), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, sem_post(&sem), 0);
    CHECK_INT(t, sem_timedwait(&sem, &nonsense), 0);
}

#define TESTS(X)                                                                                   \
    X(hand_over)                                                                                   \
    X(limits)                                                                                      \
    X(without_waiting)
CHECK_MAIN(TESTS)
