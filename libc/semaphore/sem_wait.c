// SPDX-License-Identifier: BSD-2-Clause
// Semaphores without names: a value, behind a lock and a condition variable.

#include <errno.h>

#include "sync.h"

static struct semaphore *lock(sem_t *object) {
    struct semaphore *sem = (struct semaphore *)object;
    __lockword_wrlock(&sem->lock, __scope(sem->shared), 0, NULL);
    return sem;
}

// Returns as functions do that set errno.
static int unlock(struct semaphore *sem, int error) {
    __lockword_unlock(&sem->lock, __scope(sem->shared));
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

int sem_init(sem_t *sem, int shared, unsigned value) {
    int error = value > SEM_VALUE_MAX ? EINVAL : __check_shared(shared != 0);
    if (error != 0) {
        errno = error;
        return -1;
    }
    *(struct semaphore *)sem = (struct semaphore){.shared = shared != 0, .value = value};
    return 0;
}

int sem_destroy(sem_t *object) {
    // Whoever posted last may still hold the lock.
    return unlock(lock(object), 0);
}

int sem_getvalue(sem_t *restrict object, int *restrict value) {
    struct semaphore *sem = lock(object);
    *value = (int)sem->value;
    return unlock(sem, 0);
}

int sem_post(sem_t *object) {
    struct semaphore *sem = lock(object);
    if (sem->value == SEM_VALUE_MAX)
        return unlock(sem, EOVERFLOW);
    ++sem->value;
    __condword_signal(&sem->condvar, __scope(sem->shared), 1);
    return unlock(sem, 0);
}

int sem_trywait(sem_t *object) {
    struct semaphore *sem = lock(object);
    if (sem->value == 0)
        return unlock(sem, EAGAIN);
    --sem->value;
    return unlock(sem, 0);
}

int sem_timedwait(sem_t *restrict object, const struct timespec *restrict abstime) {
    struct semaphore *sem = lock(object);
    cloudabi_scope_t scope = __scope(sem->shared);
    int error = 0;
    while (sem->value == 0 && error == 0)
        error = __condword_wait(&sem->condvar, &sem->lock, scope, scope, CLOUDABI_CLOCK_REALTIME,
                                abstime);
    if (sem->value == 0)
        return unlock(sem, error);
    --sem->value;
    return unlock(sem, 0);
}

int sem_wait(sem_t *sem) {
    return sem_timedwait(sem, NULL);
}
