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

/* A value is the key's only while both carry the same generation. */
struct thread_specific {
    void *value;
    unsigned generation;
};

struct pthread {
    cloudabi_tcb_t tcb; /* the system's; must be first and stay intact */
    cloudabi_tid_t tid;
    int errno_val;
    int h_errno_val;
    locale_t locale;
    FILE *stdio_locks;
    struct __ptcb *cancelbuf;    /* handlers of pthread_cleanup_push() */
    int canceldisable;           /* what pthread_setcancelstate() and */
    int cancelasync;             /* pthread_setcanceltype() were told */
    struct thread_specific *tsd; /* one a key; NULL until the first is set */

    /* What pthread_create(), pthread_exit() and pthread_join() share. */
    _Atomic(cloudabi_lock_t) join; /* write-locked by the thread while it runs */
    _Atomic(int) detach_state;     /* DT_* */
    atomic_bool created;           /* whether pthread_create() has let go of this block */
    struct pthread *next_ended;
    void *(*start)(void *);
    int (*start_c11)(void *); /* in its place where not NULL */
    void *argument;
    void *result;

    /* Memory. */
    void *map_base; /* everything the thread was given; NULL for the first thread */
    size_t map_size;
    void *stack; /* lowest address and size of the safe stack; NULL where not known */
    size_t stack_size;
    size_t guard_size;
    char *unsafe_stack_top;
    size_t unsafe_stack_size;
    char name[16];
};

/* A joinable thread that runs, one that nobody will join, a joinable one that has ended. */
enum { DT_JOINABLE, DT_DETACHED, DT_EXITED };

#define __pthread_self() ((struct pthread *)__get_tp())

hidden void __pthread_tsd_run_dtors(void);
hidden void __do_orphaned_stdio_locks(void);

/* Members of pthread_attr_t, under the names that musl's accessors use. */
#define __SU (sizeof(size_t) / sizeof(int))
#define _a_stacksize __u.__s[0]
#define _a_guardsize __u.__s[1]
#define _a_stackaddr __u.__s[2] /* its end; 0 for a stack of the library's own */
#define _a_detach __u.__i[3 * __SU + 0]
#define _a_sched __u.__i[3 * __SU + 1]
#define _a_policy __u.__i[3 * __SU + 2]
#define _a_prio __u.__i[3 * __SU + 3]

#define DEFAULT_STACK_SIZE (1 << 20)
#define DEFAULT_GUARD_SIZE 4096
#define DEFAULT_STACK_MAX (8 << 20)
#define DEFAULT_GUARD_MAX (1 << 20)

extern hidden unsigned __default_stacksize;
extern hidden unsigned __default_guardsize;

/* The lock of these two. */
hidden void __acquire_ptc(void);
hidden void __inhibit_ptc(void);
hidden void __release_ptc(void);

#endif
