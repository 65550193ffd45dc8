// SPDX-License-Identifier: BSD-2-Clause
// The runtime's block of a thread. %fs:0 is its first word, which leads to the program's TCB.
#ifndef LOADER_THREAD_H
#define LOADER_THREAD_H

// Offsets that thread_start.S uses.
#define THREAD_SELF 8
#define THREAD_KERNEL_TID 16
#define THREAD_TID 20
#define THREAD_ENTRY 24
#define THREAD_ARGUMENT 32

#ifndef __ASSEMBLER__

#include "loader.h"

enum wait_state { WAIT_NONE, WAIT_LOCK_READ, WAIT_LOCK_WRITE, WAIT_CONDVAR, WAIT_DONE };

struct thread {
    cloudabi_tcb_t *tcb; // the program stores here
    struct thread *self;
    _Atomic(uint32_t) kernel_tid; // the kernel clears it when the thread has ended: block is free
    uint32_t tid;
    cloudabi_threadentry_t *entry;
    void *argument;
    cloudabi_tcb_t first_tcb; // until the program makes its own
    struct thread *next;      // all blocks ever made

    // What the thread waits for; of waiting.h, under its mutex.
    _Atomic(uint32_t) wait_state;
    _Atomic(cloudabi_lock_t) *wait_lock;
    bool wait_lock_is_shared; // of a condition variable's lock
    _Atomic(cloudabi_condvar_t) *wait_condvar;
    struct thread *wait_next, **wait_link;
};

static inline struct thread *thread_self(void) {
    struct thread *self;
    __asm__("mov %%fs:%c1, %0" : "=r"(self) : "i"(THREAD_SELF));
    return self;
}

// Makes the block of the first thread and points %fs to it.
void thread_init(void);
// Settles what Linux's thread numbers are counted from. Returns the first thread's.
uint32_t thread_number(uint32_t base);
extern uint32_t thread_tid_base __attribute__((visibility("hidden")));
// Around fork: nothing may change while the address space is copied.
void thread_before_fork(void);
void thread_after_fork(void);
// In the child: the calling thread is the only one, with a new tid.
void thread_in_child(uint32_t linux_tid);

// thread_start.S: clone. The child continues at entry(tid, argument) of the block that is tls.
linux_result thread_clone(unsigned long flags, void *stack, _Atomic(uint32_t) *parent_tid,
                          _Atomic(uint32_t) *child_tid, struct thread *tls);
// thread_start.S: continues in thread_exit_here on the block's own stack.
_Noreturn void thread_switch_stack(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope,
                                   void *stack_top);
_Noreturn void thread_exit_here(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope);

#endif
#endif
