// SPDX-License-Identifier: BSD-2-Clause
// Running a function once. Threads that come too early wait on one condition for all once
// objects, since such waiting is rare and short.

#include <limits.h>
#include <pthread.h>
#include <threads.h>

#include "lockword.h"

enum { NEW = PTHREAD_ONCE_INIT, RUNNING, DONE };

static lockword lock;
static condword finished;

static void finish(_Atomic(int) *state, int how) {
    __lockword_wrlock(&lock, CLOUDABI_SCOPE_PRIVATE, 0, NULL);
    atomic_store_explicit(state, how, memory_order_release);
    __condword_signal(&finished, CLOUDABI_SCOPE_PRIVATE, UINT32_MAX);
    __lockword_unlock(&lock, CLOUDABI_SCOPE_PRIVATE);
}

// The function ended the thread: as if it had never been called.
static void give_up(void *state) {
    finish(state, NEW);
}

// Whether it falls to the caller to run the function.
static bool begin(_Atomic(int) *state) {
    __lockword_wrlock(&lock, CLOUDABI_SCOPE_PRIVATE, 0, NULL);
    while (*state == RUNNING)
        __condword_wait(&finished, &lock, CLOUDABI_SCOPE_PRIVATE, CLOUDABI_SCOPE_PRIVATE, 0, NULL);
    bool ours = *state == NEW;
    if (ours)
        *state = RUNNING;
    __lockword_unlock(&lock, CLOUDABI_SCOPE_PRIVATE);
    return ours;
}

static int once(pthread_once_t *control, void (*function)(void)) {
    _Atomic(int) *state = (_Atomic(int) *)control;
    if (atomic_load_explicit(state, memory_order_acquire) == DONE || !begin(state))
        return 0;
    pthread_cleanup_push(give_up, state);
    function();
    pthread_cleanup_pop(0);
    finish(state, DONE);
    return 0;
}

int pthread_once(pthread_once_t *control, void (*function)(void)) {
    return once(control, function);
}

void call_once(once_flag *control, void (*function)(void)) {
    once(control, function);
}
