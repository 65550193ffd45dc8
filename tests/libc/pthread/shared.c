// SPDX-License-Identifier: BSD-2-Clause
// Objects in memory that processes share: all kinds can be had, and work between processes.

#define _GNU_SOURCE
#include <argdata.h>
#include <errno.h>
#include <program.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

#define ROUNDS 2000

struct shared {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_rwlock_t rwlock;
    pthread_barrier_t barrier;
    sem_t started, done;
    int value, rounds, sum;
};

static void attributes(struct check *t) {
    pthread_mutexattr_t mutex;
    pthread_condattr_t cond;
    pthread_rwlockattr_t rwlock;
    pthread_barrierattr_t barrier;
    sem_t sem;
    int value = -1;
    pthread_mutexattr_init(&mutex);
    pthread_condattr_init(&cond);
    pthread_rwlockattr_init(&rwlock);
    pthread_barrierattr_init(&barrier);
    CHECK_INT(t, pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED), 0);
    CHECK_INT(t, pthread_mutexattr_getpshared(&mutex, &value), 0);
    CHECK_INT(t, value, PTHREAD_PROCESS_SHARED);
    CHECK_INT(t, pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED), 0);
    CHECK_INT(t, pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_SHARED), 0);
    CHECK_INT(t, pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED), 0);
    CHECK_INT(t, sem_init(&sem, 1, 0), 0);
    CHECK_INT(t, pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_mutexattr_setpshared(&mutex, 2), EINVAL);
}

static struct shared *map(int fd) {
    return mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static void init(struct check *t, struct shared *shared) {
    pthread_mutexattr_t mutex;
    pthread_condattr_t cond;
    pthread_rwlockattr_t rwlock;
    pthread_barrierattr_t barrier;
    pthread_mutexattr_init(&mutex);
    pthread_condattr_init(&cond);
    pthread_rwlockattr_init(&rwlock);
    pthread_barrierattr_init(&barrier);
    pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED);
    pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_SHARED);
    pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
    CHECK_INT(t, pthread_mutex_init(&shared->mutex, &mutex), 0);
    CHECK_INT(t, pthread_cond_init(&shared->changed, &cond), 0);
    CHECK_INT(t, pthread_rwlock_init(&shared->rwlock, &rwlock), 0);
    CHECK_INT(t, pthread_barrier_init(&shared->barrier, &barrier, 2), 0);
}

// What both processes do: each in its turn by the condition variable, then in step by the
// barrier, then counting under the lock for writing. 0 if nothing failed.
static int take_turns(struct shared *shared, int place) {
    int failures = 0;
    for (int i = 0; i < ROUNDS; ++i) {
        failures += pthread_mutex_lock(&shared->mutex) != 0;
        while (shared->rounds % 2 != place)
            failures += pthread_cond_wait(&shared->changed, &shared->mutex) != 0;
        ++shared->rounds;
        failures += pthread_cond_signal(&shared->changed) != 0;
        failures += pthread_mutex_unlock(&shared->mutex) != 0;
    }
    int serial = 0;
    for (int i = 0; i < ROUNDS; ++i) {
        int result = pthread_barrier_wait(&shared->barrier);
        serial += result == PTHREAD_BARRIER_SERIAL_THREAD;
        failures += result != 0 && result != PTHREAD_BARRIER_SERIAL_THREAD;
        failures += pthread_rwlock_rdlock(&shared->rwlock) != 0;
        failures += shared->sum < i; // the other one counts on meanwhile
        failures += pthread_rwlock_unlock(&shared->rwlock) != 0;
        failures += pthread_rwlock_wrlock(&shared->rwlock) != 0;
        ++shared->sum;
        failures += pthread_rwlock_unlock(&shared->rwlock) != 0;
    }
    pthread_mutex_lock(&shared->mutex);
    shared->value += serial;
    pthread_mutex_unlock(&shared->mutex);
    return failures;
}

static void between_processes(struct check *t) {
    int fd = memfd_create("shared", 0), process;
    CHECK_REQUIRE(t, fd >= 0 && ftruncate(fd, sizeof(struct shared)) == 0);
    struct shared *shared = map(fd);
    CHECK_REQUIRE(t, shared != MAP_FAILED);
    init(t, shared);
    CHECK_REQUIRE(t, sem_init(&shared->started, 1, 0) == 0 && sem_init(&shared->done, 1, 0) == 0);
    CHECK_INT(t, pthread_mutex_lock(&shared->mutex), 0);
    argdata_t *argument = argdata_create_fd(fd);
    CHECK_INT(t, program_spawn(check_fd(t, "self"), argument, &process), 0);
    argdata_free(argument);
    CHECK_INT(t, sem_wait(&shared->started), 0);
    CHECK_INT(t, shared->value, 0);
    CHECK_INT(t, pthread_mutex_trylock(&shared->mutex), EBUSY);
    CHECK_INT(t, pthread_mutex_unlock(&shared->mutex), 0);
    CHECK_INT(t, take_turns(shared, 1), 0);
    CHECK_INT(t, sem_wait(&shared->done), 0);
    CHECK_INT(t, shared->rounds, 2 * ROUNDS);
    CHECK_INT(t, shared->sum, 2 * ROUNDS);
    CHECK_INT(t, shared->value, 1 + ROUNDS);
    CHECK_INT(t, pthread_cond_destroy(&shared->changed), 0);
    CHECK_INT(t, pthread_barrier_destroy(&shared->barrier), 0);
    CHECK_INT(t, pthread_rwlock_destroy(&shared->rwlock), 0);
    CHECK_INT(t, pthread_mutex_destroy(&shared->mutex), 0);
}

static int take_part(int fd) {
    struct shared *shared = map(fd);
    if (shared == MAP_FAILED || sem_post(&shared->started) != 0 ||
        pthread_mutex_lock(&shared->mutex) != 0)
        return 1;
    shared->value = 1;
    if (pthread_mutex_unlock(&shared->mutex) != 0 || take_turns(shared, 0) != 0)
        return 1;
    return sem_post(&shared->done) == 0 ? 0 : 1;
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    int fd;
    if (argdata_get_fd(ad, &fd) != 0)
        run_tests(ad);
    exit(take_part(fd));
}

// The tests are the program only where it was not started as the child.
#define program_main run_tests
#define TESTS(X)                                                                                   \
    X(attributes)                                                                                  \
    X(between_processes)
CHECK_MAIN(TESTS)
