// SPDX-License-Identifier: BSD-2-Clause
// thread_create, thread_exit, thread_yield, and the blocks of all threads.

#include <stdatomic.h>

#include "fds.h"
#include "user.h"
#include "waiting.h"

_Static_assert(offsetof(struct thread, self) == THREAD_SELF, "used by assembly");
_Static_assert(offsetof(struct thread, kernel_tid) == THREAD_KERNEL_TID, "used by assembly");
_Static_assert(offsetof(struct thread, tid) == THREAD_TID, "used by assembly");
_Static_assert(offsetof(struct thread, entry) == THREAD_ENTRY, "used by assembly");
_Static_assert(offsetof(struct thread, argument) == THREAD_ARGUMENT, "used by assembly");

// Where Linux keeps process 1 of a name space: the ABI wants neither 0 nor 1.
#define TID_OF_INIT UINT32_C(0x3fffffff)
#define RESERVED UINT32_MAX

// thread_exit ends on its block's stack: after its lock is released the thread's own may vanish.
// With room for a signal frame, should the lock be a bad pointer. It comes first because hardly any
// is ever touched: what follows the first one shares a page with the other variables.
struct block {
    char exit_stack[8192];
    struct thread thread __attribute__((aligned(16)));
};

static struct block first __attribute__((aligned(PAGE_SIZE)));
static struct thread *threads;
static struct mutex mutex;
static _Atomic(uint32_t) running;

uint32_t thread_tid_base;

static uint32_t tid_from_linux(uint32_t tid) {
    return tid == 1 ? TID_OF_INIT : thread_tid_base + tid;
}

static void prepare(struct thread *thread) {
    thread->self = thread;
    thread->first_tcb.parent = thread;
    thread->tcb = &thread->first_tcb;
    thread->wait_state = WAIT_NONE;
}

void thread_init(void) {
    struct thread *self = &first.thread;
    threads = self; // not an initialiser: nobody relocates this image
    running = 1;
    prepare(self);
    LINUX(arch_prctl, ARCH_SET_FS, self);
    self->kernel_tid = (uint32_t)LINUX(gettid);
}

uint32_t thread_number(uint32_t base) {
    struct thread *self = &first.thread;
    thread_tid_base = base;
    self->tid = tid_from_linux(self->kernel_tid);
    return self->tid;
}

void thread_before_fork(void) {
    mutex_lock(&mutex);
}

void thread_after_fork(void) {
    mutex_unlock(&mutex);
}

void thread_in_child(uint32_t linux_tid) {
    struct thread *self = thread_self();
    for (struct thread *thread = threads; thread != NULL; thread = thread->next) {
        if (thread != self)
            thread->kernel_tid = 0;
    }
    self->kernel_tid = linux_tid;
    self->tid = tid_from_linux(linux_tid);
    running = 1;
}

// A block of a thread that has ended, or a new one. Blocks are never given back: a late wake-up
// may still touch them.
static struct thread *block_take(void) {
    mutex_lock(&mutex);
    struct thread *thread = threads;
    while (thread != NULL && atomic_load(&thread->kernel_tid) != 0)
        thread = thread->next;
    if (thread == NULL) {
        struct block *block = pages_alloc(sizeof(*block));
        if (block != NULL) {
            thread = &block->thread;
            thread->next = threads;
            threads = thread;
        }
    }
    if (thread != NULL)
        thread->kernel_tid = RESERVED;
    mutex_unlock(&mutex);
    return thread;
}

EXPORT cloudabi_errno_t cloudabi_sys_thread_create(cloudabi_threadattr_t *attr,
                                                   cloudabi_tid_t *tid) {
    cloudabi_threadattr_t wanted;
    // The thread could not be taken back.
    if (!user_copy(&wanted, attr, sizeof(wanted)) || !user_can_put(tid, sizeof(*tid)))
        return CLOUDABI_EFAULT;
    uintptr_t stack_top = (uintptr_t)wanted.stack + wanted.stack_len;
    if (stack_top < (uintptr_t)wanted.stack || wanted.stack_len < 64)
        return CLOUDABI_EINVAL;
    struct thread *thread = block_take();
    if (thread == NULL)
        return CLOUDABI_ENOMEM;
    prepare(thread);
    thread->entry = wanted.entry_point;
    thread->argument = wanted.argument;
    atomic_fetch_add(&running, 1);
    linux_result result = thread_clone(LINUX_CLONE_THREAD, (void *)stack_top, &thread->kernel_tid,
                                       &thread->kernel_tid, thread);
    if (result < 0) {
        atomic_fetch_sub(&running, 1);
        thread->kernel_tid = 0;
        return errno_from_linux(result);
    }
    // The thread may have taken the place away by now: it knows its number itself.
    user_put32(tid, tid_from_linux((uint32_t)result));
    return CLOUDABI_ESUCCESS;
}

EXPORT _Noreturn void cloudabi_sys_thread_exit(_Atomic(cloudabi_lock_t) *lock,
                                               cloudabi_scope_t scope) {
    thread_switch_stack(lock, scope, thread_self()); // up to where the block's stack reaches
}

__attribute__((used)) _Noreturn void thread_exit_here(_Atomic(cloudabi_lock_t) *lock,
                                                      cloudabi_scope_t scope) {
    lock_release(lock, scope); // there is nobody to report a failure to
    if (atomic_fetch_sub(&running, 1) == 1)
        cloudabi_sys_proc_exit(0);
    // The kernel clears kernel_tid when it no longer needs this stack.
    for (;;)
        LINUX(exit, 0);
}

EXPORT cloudabi_errno_t cloudabi_sys_thread_yield(void) {
    return errno_from_linux(LINUX(sched_yield));
}
