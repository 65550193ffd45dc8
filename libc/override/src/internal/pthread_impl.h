/* SPDX-License-Identifier: BSD-2-Clause */
/* A thread's control block. The compiler's TLS data ends where it begins. */
#ifndef _PTHREAD_IMPL_H
#define _PTHREAD_IMPL_H

#include <cloudabi_types.h>
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "atomic.h"
#include "libc.h"
#include "pthread_arch.h"
#include "syscall.h"

#define pthread __pthread

struct pthread {
    cloudabi_tcb_t tcb; /* the system's; must be first and stay intact */
    cloudabi_tid_t tid;
    int errno_val;
    int h_errno_val;
    locale_t locale;
    void **tsd; /* one value a key, PTHREAD_KEYS_MAX of them */
    bool tsd_used;
    FILE *stdio_locks;

    /* What pthread_create() and pthread_join() share. */
    _Atomic(cloudabi_lock_t) join; /* write-locked by the thread while it runs */
    _Atomic int detach_state;      /* DT_* */
    void *(*start)(void *);
    void *argument;
    void *result;
    void *map_base; /* everything the thread was given, to be unmapped by whoever ends it */
    size_t map_size;
    void *stack; /* lowest address and size of the safe stack */
    size_t stack_size;
    size_t guard_size;
    char *unsafe_stack_top;
    struct __ptcb *cancelbuf; /* handlers of pthread_cleanup_push() */
    char name[16];
};

enum { DT_JOINABLE, DT_DETACHED, DT_EXITED };

#define __pthread_self() ((struct pthread *)__get_tp())

hidden void __pthread_tsd_run_dtors(void);
hidden void __do_orphaned_stdio_locks(void);

#define DEFAULT_STACK_SIZE (1 << 20)
#define DEFAULT_GUARD_SIZE 4096

#endif
