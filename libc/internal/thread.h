/* SPDX-License-Identifier: BSD-2-Clause */
/* Life and death of threads: what pthread_create(), _exit(), _join() and _detach() share. */
#ifndef THREAD_H
#define THREAD_H

#include <features.h>

#include "pthread_impl.h"

/* Threads that run besides one. The thread that finds none left ends the process. */
extern hidden _Atomic(size_t) __other_threads;

/* Stacks, TLS and control block for a new thread; NULL where memory is short. */
hidden struct pthread *__thread_allocate(const pthread_attr_t *attr);

/* Gives back all of that. The thread must have ended. */
hidden void __thread_free(struct pthread *thread);

/* Leaves the calling thread, which is about to end and which nobody will join, to be freed. */
hidden void __thread_leave_to_reap(struct pthread *self);

/* Frees the threads left so that have ended in the meantime. */
hidden void __thread_reap(void);

/* Creates a thread that runs one of both functions. As pthread_create(). */
hidden int __thread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                           int (*start_c11)(void *), void *argument);

#endif
