// SPDX-License-Identifier: BSD-2-Clause
// Robust mutexes and priority ceilings do not exist, and no mutex can be made to have them: the
// system neither tells of owners that died nor schedules by priority.

#include <errno.h>
#include <pthread.h>

int pthread_mutex_consistent(pthread_mutex_t *mutex) {
    return EINVAL;
}

int pthread_mutex_getprioceiling(const pthread_mutex_t *restrict mutex, int *restrict ceiling) {
    return EINVAL;
}

int pthread_mutex_setprioceiling(pthread_mutex_t *restrict mutex, int ceiling, int *restrict old) {
    return EINVAL;
}

int pthread_mutexattr_setrobust(pthread_mutexattr_t *attr, int robust) {
    switch (robust) {
    case PTHREAD_MUTEX_STALLED:
        return 0;
    case PTHREAD_MUTEX_ROBUST:
        return ENOTSUP;
    default:
        return EINVAL;
    }
}

int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attr, int protocol) {
    switch (protocol) {
    case PTHREAD_PRIO_NONE:
        return 0;
    case PTHREAD_PRIO_INHERIT:
    case PTHREAD_PRIO_PROTECT:
        return ENOTSUP;
    default:
        return EINVAL;
    }
}
