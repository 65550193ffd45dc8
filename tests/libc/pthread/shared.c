// SPDX-License-Identifier: BSD-2-Clause
// Objects in memory that processes share: either they can be had and work between processes, or
// asking for them fails.

#define _GNU_SOURCE
#include <argdata.h>
#include <errno.h>
#include <program.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

struct shared {
    pthread_mutex_t mutex;
    sem_t started, done;
    int value;
};

static void all_or_none(struct check *t) {
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
    int error = pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    CHECK(t, error == 0 || error == ENOTSUP);
    CHECK_INT(t, pthread_mutexattr_getpshared(&mutex, &value), 0);
    CHECK_INT(t, value, error == 0 ? PTHREAD_PROCESS_SHARED : PTHREAD_PROCESS_PRIVATE);
    CHECK_INT(t, pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED), error);
    CHECK_INT(t, pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_SHARED), error);
    CHECK_INT(t, pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED), error);
    CHECK_INT(t, sem_init(&sem, 1, 0), error == 0 ? 0 : -1);
    CHECK_INT(t, pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_rwlockattr_setpshared(&rwlock, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_PRIVATE), 0);
    CHECK_INT(t, pthread_mutexattr_setpshared(&mutex, 2), EINVAL);
}

static struct shared *map(int fd) {
    return mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static void between_processes(struct check *t) {
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    if (pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED) == ENOTSUP)
        CHECK_SKIP(t, "the runtime does not offer locks in shared memory");
    int fd = memfd_create("shared", 0), process;
    CHECK_REQUIRE(t, fd >= 0 && ftruncate(fd, sizeof(struct shared)) == 0);
    struct shared *shared = map(fd);
    CHECK_REQUIRE(t, shared != MAP_FAILED);
    CHECK_INT(t, pthread_mutex_init(&shared->mutex, &attr), 0);
    CHECK_INT(t, sem_init(&shared->started, 1, 0), 0);
    CHECK_INT(t, sem_init(&shared->done, 1, 0), 0);
    CHECK_INT(t, pthread_mutex_lock(&shared->mutex), 0);
    argdata_t *argument = argdata_create_fd(fd);
    CHECK_INT(t, program_spawn(check_fd(t, "self"), argument, &process), 0);
    argdata_free(argument);
    CHECK_INT(t, sem_wait(&shared->started), 0);
    CHECK_INT(t, shared->value, 0);
    CHECK_INT(t, pthread_mutex_unlock(&shared->mutex), 0);
    CHECK_INT(t, sem_wait(&shared->done), 0);
    CHECK_INT(t, shared->value, 1);
}

static int take_part(int fd) {
    struct shared *shared = map(fd);
    if (shared == MAP_FAILED || sem_post(&shared->started) != 0 ||
        pthread_mutex_lock(&shared->mutex) != 0)
        return 1;
    shared->value = 1;
    return pthread_mutex_unlock(&shared->mutex) == 0 && sem_post(&shared->done) == 0 ? 0 : 1;
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
    X(all_or_none)                                                                                 \
    X(between_processes)
CHECK_MAIN(TESTS)
