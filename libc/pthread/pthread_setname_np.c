// SPDX-License-Identifier: BSD-2-Clause
// Names of threads, known to nobody but the program: up to 15 bytes.

#define _GNU_SOURCE
#include <string.h>

#include "pthread_impl.h"

#include "lock.h"

static volatile int lock[1];

int pthread_setname_np(pthread_t thread, const char *name) {
    size_t len = strnlen(name, sizeof(thread->name));
    if (len == sizeof(thread->name))
        return ERANGE;
    LOCK(lock);
    memcpy(thread->name, name, len + 1);
    UNLOCK(lock);
    return 0;
}

int pthread_getname_np(pthread_t thread, char *name, size_t len) {
    LOCK(lock);
    size_t needed = strlen(thread->name) + 1;
    if (needed <= len)
        memcpy(name, thread->name, needed);
    UNLOCK(lock);
    return needed <= len ? 0 : ERANGE;
}
