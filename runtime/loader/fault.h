// SPDX-License-Identifier: BSD-2-Clause
// Between fault.c and fault.S.
#ifndef LOADER_FAULT_H
#define LOADER_FAULT_H

// Offsets in the kernel's struct sigcontext and in what its fpstate points to.
#define SIGCONTEXT_R8 0
#define SIGCONTEXT_R9 8
#define SIGCONTEXT_R10 16
#define SIGCONTEXT_R11 24
#define SIGCONTEXT_R12 32
#define SIGCONTEXT_R13 40
#define SIGCONTEXT_R14 48
#define SIGCONTEXT_R15 56
#define SIGCONTEXT_RDI 64
#define SIGCONTEXT_RSI 72
#define SIGCONTEXT_RBP 80
#define SIGCONTEXT_RBX 88
#define SIGCONTEXT_RDX 96
#define SIGCONTEXT_RAX 104
#define SIGCONTEXT_RCX 112
#define SIGCONTEXT_RSP 120
#define SIGCONTEXT_RIP 128
#define SIGCONTEXT_FPSTATE 184
#define FPSTATE_FCW 0
#define FPSTATE_MXCSR 24

#ifndef __ASSEMBLER__

#include <asm/sigcontext.h>

_Noreturn void fault_resume(const struct sigcontext *context);
_Noreturn void fault_die(int signal);
_Bool user_touch(void *at);

#endif
#endif
