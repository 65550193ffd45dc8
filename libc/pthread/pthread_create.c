// SPDX-License-Identifier: BSD-2-Clause
// Starting a thread, and its first steps.

#include <cloudabi_syscalls.h>
#include <stdint.h>

#include "crt.h"
#include "thread.h"

extern _Thread_local void *__safestack_unsafe_stack_ptr
    __attribute__((__tls_model__("initial-exec")));

_Atomic(size_t) __other_threads;

// Whoever learns the thread's number first, the thread or its creator, locks the lock for it.
static void lock_join(struct pthread *thread, cloudabi_tid_t tid) {
    cloudabi_lock_t expected = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&thread->join, &expected, CLOUDABI_LOCK_WRLOCKED | tid);
}

static _Noreturn void run(struct pthread *self) {
    lock_join(self, self->tid);
    if (self->start_c11 != NULL)
        pthread_exit((void *)(intptr_t)self->start_c11(self->argument));
    pthread_exit(self->start(self->argument));
}

// Where the compiler must not presume what only these lines establish: thread-local storage, and
// in it the unsafe stack. They are two functions, lest one keeps the address of the storage that
// the thread was born with.
#define BARE __attribute__((__noinline__, no_sanitize("safe-stack"), no_stack_protector))

BARE static _Noreturn void set_unsafe_stack(struct pthread *self) {
    __safestack_unsafe_stack_ptr = self->unsafe_stack_top;
    run(self);
}

BARE static void enter(cloudabi_tid_t tid, void *argument) {
    CRT_OUTERMOST();
    struct pthread *self = argument;
    self->tid = tid;
    __tls_switch(self);
    set_unsafe_stack(self);
}

int __thread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attr,
                    void *(*start)(void *), int (*start_c11)(void *), void *restrict argument) {
    pthread_attr_t defaults;
    if (attr == NULL) {
        pthread_attr_init(&defaults);
        attr = &defaults;
    }
    __thread_reap();
    struct pthread *new = __thread_allocate(attr);
    if (new == NULL)
        return EAGAIN;
    new->start = start;
    new->start_c11 = start_c11;
    new->argument = argument;
    new->locale = &libc.global_locale;
    new->detach_state = attr->_a_detach == PTHREAD_CREATE_DETACHED ? DT_DETACHED : DT_JOINABLE;
    new->join = CLOUDABI_LOCK_BOGUS;
    *thread = new;

    atomic_fetch_add(&__other_threads, 1);
    cloudabi_threadattr_t attributes = {
        .entry_point = enter,
        .stack = new->stack,
        .stack_len = new->stack_size,
        .argument = new,
    };
    cloudabi_tid_t tid;
    if (cloudabi_sys_thread_create(&attributes, &tid) != 0) {
        atomic_fetch_sub(&__other_threads, 1);
        new->created = true;
        __thread_free(new);
        return EAGAIN;
    }
    lock_join(new, tid);
    // From here on the thread may have ended and its memory be gone.
    atomic_store_explicit(&new->created, true, memory_order_release);
    return 0;
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attr,
                   void *(*start)(void *), void *restrict argument) {
    return __thread_create(thread, attr, start, NULL, argument);
}
