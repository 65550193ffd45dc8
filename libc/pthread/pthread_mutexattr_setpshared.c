// SPDX-License-Identifier: BSD-2-Clause
// Objects that several processes use, in memory that they share: where the system offers that.

#include <cloudabi_syscalls.h>
#include <errno.h>

#include "sync.h"

int __check_shared(int shared) {
    if (shared == PTHREAD_PROCESS_PRIVATE)
        return 0;
    if (shared != PTHREAD_PROCESS_SHARED)
        return EINVAL;
    // Waking nobody does nothing but tell whether it could be done.
    condword nobody = CLOUDABI_CONDVAR_HAS_NO_WAITERS;
    return cloudabi_sys_condvar_signal(&nobody, CLOUDABI_SCOPE_SHARED, 0);
}

int pthread_mutexattr_setpshared(pthread_mutexattr_t *attr, int shared) {
    int error = __check_shared(shared);
    if (error == 0)
        attr->__attr = (attr->__attr & ~MUTEX_SHARED) | (shared ? MUTEX_SHARED : 0);
    return error;
}

int pthread_condattr_setpshared(pthread_condattr_t *attr, int shared) {
    int error = __check_shared(shared);
    if (error == 0)
        attr->__attr = (attr->__attr & ~COND_SHARED) | (shared ? COND_SHARED : 0);
    return error;
}

int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attr, int shared) {
    int error = __check_shared(shared);
    if (error == 0)
        attr->__attr[0] = (unsigned)shared;
    return error;
}

int pthread_barrierattr_setpshared(pthread_barrierattr_t *attr, int shared) {
    int error = __check_shared(shared);
    if (error == 0)
        attr->__attr = (unsigned)shared;
    return error;
}
