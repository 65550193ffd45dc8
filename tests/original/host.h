// SPDX-License-Identifier: BSD-2-Clause
// host.c: another implementation of the ABI, inside the sandbox of this one.
#ifndef ORIGINAL_HOST_H
#define ORIGINAL_HOST_H

#include "runtime/runtime.h"

// As the original's two implementations: the kernel's puts the TCB at the top of the stack that it
// is given; the emulator ignores that stack, and has narrower calls. Bare is the kernel's with what
// a program may not count on left out: entries of the vector, and calls.
enum style { KERNEL, EMULATOR, BARE };
extern enum style style;

#define HOST_MAGIC UINT64_C(0x686f737420746362)

// What the first word of every TCB of the guest has to lead to, at each call.
struct host_thread {
    uint64_t magic;
    struct tcb *host_tcb;
    struct tcb first; // until the guest makes its own
    void (*entry)(uint32_t tid, void *argument);
    void *argument;
};

// host_calls.c: at the start and the end of each call, the thread register's word changes hands.
struct tcb *calls_enter(const char *name);
void calls_leave(struct tcb *guest);
_Noreturn void host_fail(const char *what, const char *where);
// The function that the guest gets for a call, or null where it gets none.
struct host_call {
    const char *name;
    void *function;
};
size_t host_calls(struct host_call *calls);

// host_vdso.c: an image with these calls; the functions lie outside it.
enum { HOST_CALLS_MAX = 64 };
const void *vdso_make(const struct host_call *calls, size_t count);

// host_load.c
struct guest {
    char *base;
    Elf64_Ehdr header;
};
struct guest guest_load(uint32_t fd);

void tcb_set(struct tcb *tcb);
void *allocate(size_t size);

#endif
