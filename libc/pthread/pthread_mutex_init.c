// SPDX-License-Identifier: BSD-2-Clause
// Making and ending mutexes.

#include <errno.h>

#include "sync.h"

int pthread_mutex_init(pthread_mutex_t *restrict mutex, const pthread_mutexattr_t *restrict attr) {
    *__mutex(mutex) = (struct mutex){.attributes = attr ? attr->__attr : 0};
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) {
    return __mutex(mutex)->lock == CLOUDABI_LOCK_UNLOCKED ? 0 : EBUSY;
}
