// SPDX-License-Identifier: BSD-2-Clause
// C11's thread-specific storage is POSIX's; for tss_get() see pthread_key_create.c.

#include <pthread.h>

#include "result.h"

int tss_create(tss_t *key, tss_dtor_t destructor) {
    return result(pthread_key_create(key, destructor));
}

void tss_delete(tss_t key) {
    pthread_key_delete(key);
}

int tss_set(tss_t key, void *value) {
    return result(pthread_setspecific(key, value));
}
