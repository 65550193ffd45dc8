// SPDX-License-Identifier: BSD-2-Clause
// Faults of the vDSO on the program's memory become errors; all others end the process as if
// nothing caught them.
//
// The handler leaves its frame behind and never asks Linux to return from the signal, so that the
// filter can do without that call. SA_NODEFER: nothing is blocked that would have to be restored.

#include "fault.h"

#include "user.h"

#include <asm/ucontext.h>

struct entry {
    int32_t from, to, other; // each relative to its own place
};

extern const struct entry __start_user_faults[] __attribute__((visibility("hidden")));
extern const struct entry __stop_user_faults[] __attribute__((visibility("hidden")));

#define CHECK_OFFSET(member, name)                                                                 \
    _Static_assert(offsetof(struct sigcontext, member) == SIGCONTEXT_##name, "used by assembly")
CHECK_OFFSET(r8, R8);
CHECK_OFFSET(r9, R9);
CHECK_OFFSET(r10, R10);
CHECK_OFFSET(r11, R11);
CHECK_OFFSET(r12, R12);
CHECK_OFFSET(r13, R13);
CHECK_OFFSET(r14, R14);
CHECK_OFFSET(r15, R15);
CHECK_OFFSET(rdi, RDI);
CHECK_OFFSET(rsi, RSI);
CHECK_OFFSET(rbp, RBP);
CHECK_OFFSET(rbx, RBX);
CHECK_OFFSET(rdx, RDX);
CHECK_OFFSET(rax, RAX);
CHECK_OFFSET(rcx, RCX);
CHECK_OFFSET(rsp, RSP);
CHECK_OFFSET(rip, RIP);
CHECK_OFFSET(fpstate, FPSTATE);
_Static_assert(offsetof(struct _fpstate_64, cwd) == FPSTATE_FCW, "used by assembly");
_Static_assert(offsetof(struct _fpstate_64, mxcsr) == FPSTATE_MXCSR, "used by assembly");

static uint64_t address(const int32_t *offset) {
    return (uint64_t)(uintptr_t)offset + (uint64_t)(int64_t)*offset;
}

// Where to go on after a fault at ip, or 0.
static uint64_t way_out(uint64_t ip) {
    for (const struct entry *e = __start_user_faults; e < __stop_user_faults; ++e) {
        if (ip >= address(&e->from) && ip < address(&e->to))
            return address(&e->other);
    }
    return 0;
}

// A signal that somebody sent is not a fault, wherever it meets the thread.
static void handle(int signal, siginfo_t *info, void *where) {
    struct ucontext *context = where;
    uint64_t out = info->si_code > 0 ? way_out(context->uc_mcontext.rip) : 0;
    if (out != 0) {
        context->uc_mcontext.rip = out;
        fault_resume(&context->uc_mcontext);
    }
    // Not by trying the instruction once more: it could succeed by now, with nothing to catch the
    // next one.
    fault_default(signal);
    fault_die(signal);
}

static linux_result set(int signal, void (*handler)(int, siginfo_t *, void *)) {
    // Linux insists on a restorer. It is never returned to.
    struct sigaction action = {
        .sa_handler = (__sighandler_t)(uintptr_t)handler,
        .sa_flags = handler != NULL ? SA_SIGINFO | SA_NODEFER | SA_RESTORER : 0,
        .sa_restorer = (__sigrestore_t)(uintptr_t)fault_die,
    };
    return LINUX(rt_sigaction, signal, &action, NULL, sizeof(action.sa_mask));
}

linux_result fault_init(void) {
    linux_result result = set(SIGSEGV, handle);
    return result < 0 ? result : set(SIGBUS, handle);
}

void fault_default(int signal) {
    if (signal == SIGSEGV || signal == SIGBUS)
        set(signal, NULL);
}

bool user_can_put(void *at, size_t len) {
    return len == 0 || (user_touch(at) && user_touch((char *)at + len - 1));
}

bool user_is_word(const _Atomic(uint32_t) *word) {
    return user_touch((void *)(uintptr_t)word); // aligned, so that one byte stands for all
}
