// SPDX-License-Identifier: BSD-2-Clause
// Thread-specific data. A key is in use while its generation is odd; values carry the generation
// they were set in, so that deleting a key need not visit other threads.

#include <stdlib.h>
#include <threads.h>

#include "pthread_impl.h"

#include "lock.h"

#define malloc undef
#define calloc __libc_calloc
#define realloc undef
#define free __libc_free

static volatile int lock[1];
static struct {
    _Atomic(unsigned) generation;
    void (*destructor)(void *);
} keys[PTHREAD_KEYS_MAX];

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
    int error = EAGAIN;
    LOCK(lock);
    for (pthread_key_t i = 0; i < PTHREAD_KEYS_MAX && error != 0; ++i) {
        if (keys[i].generation % 2 != 0)
            continue;
        keys[i].destructor = destructor;
        ++keys[i].generation;
        *key = i;
        error = 0;
    }
    UNLOCK(lock);
    return error;
}

int pthread_key_delete(pthread_key_t key) {
    int error = EINVAL;
    LOCK(lock);
    if (key < PTHREAD_KEYS_MAX && keys[key].generation % 2 != 0) {
        ++keys[key].generation;
        error = 0;
    }
    UNLOCK(lock);
    return error;
}

void *pthread_getspecific(pthread_key_t key) {
    const struct thread_specific *tsd = __pthread_self()->tsd;
    return tsd != NULL && tsd[key].generation == keys[key].generation ? tsd[key].value : NULL;
}
weak_alias(pthread_getspecific, tss_get);

int pthread_setspecific(pthread_key_t key, const void *value) {
    struct pthread *self = __pthread_self();
    if (key >= PTHREAD_KEYS_MAX || keys[key].generation % 2 == 0)
        return EINVAL;
    if (self->tsd == NULL)
        self->tsd = calloc(PTHREAD_KEYS_MAX, sizeof(*self->tsd));
    if (self->tsd == NULL)
        return ENOMEM;
    self->tsd[key] = (struct thread_specific){(void *)value, keys[key].generation};
    return 0;
}

// Destroys the value of one key; whether there was one.
static bool destroy(struct thread_specific *specific, pthread_key_t key) {
    LOCK(lock);
    void (*destructor)(void *) =
        specific->generation == keys[key].generation ? keys[key].destructor : NULL;
    UNLOCK(lock);
    void *value = specific->value;
    if (destructor == NULL || value == NULL)
        return false;
    specific->value = NULL;
    destructor(value);
    return true;
}

void __pthread_tsd_run_dtors(void) {
    struct pthread *self = __pthread_self();
    if (self->tsd == NULL)
        return;
    bool again = true;
    for (int i = 0; again && i < PTHREAD_DESTRUCTOR_ITERATIONS; ++i) {
        again = false;
        for (pthread_key_t key = 0; key < PTHREAD_KEYS_MAX; ++key)
            again |= destroy(&self->tsd[key], key);
    }
    free(self->tsd);
    self->tsd = NULL;
}
