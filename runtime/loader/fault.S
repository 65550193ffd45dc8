// SPDX-License-Identifier: BSD-2-Clause
// What fault.c and user.h cannot say in C.

#include "fault.h"

    .text

// user_copy(to, from, len)
    .globl user_copy
    .hidden user_copy
    .type user_copy, @function
user_copy:
    xor %ecx, %ecx
    cmp $128, %rdx
    ja 3f
    mov %rdx, %r8
    and $-8, %r8
    jz 2f
1:  mov (%rsi,%rcx), %rax
    mov %rax, (%rdi,%rcx)
    add $8, %rcx
    cmp %r8, %rcx
    jb 1b
2:  cmp %rdx, %rcx
    jae 4f
    movb (%rsi,%rcx), %al
    movb %al, (%rdi,%rcx)
    inc %rcx
    jmp 2b
3:  mov %rdx, %rcx // Long enough for the processor's own way to be the faster one.
    rep movsb
4:  mov $1, %eax
    ret
5:  xor %eax, %eax
    ret
    .size user_copy, . - user_copy

    .pushsection user_faults, "a", @progbits
    .long user_copy - ., 4b - ., 5b - .
    .popsection

// user_touch(at): a write that changes nothing, also when another thread writes there.
    .globl user_touch
    .hidden user_touch
    .type user_touch, @function
user_touch:
1:  lock orb $0, (%rdi)
2:  mov $1, %eax
    ret
3:  xor %eax, %eax
    ret
    .size user_touch, . - user_touch

    .pushsection user_faults, "a", @progbits
    .long 1b - ., 2b - ., 3b - .
    .popsection

// fault_resume(sigcontext): goes on where the context says, with its registers, and with neither
// flags nor vector registers, which the code here does not keep over a fault. The signal frame is
// left behind. Loader code has no red zone: there is room below its stack pointer.
    .globl fault_resume
    .hidden fault_resume
    .type fault_resume, @function
fault_resume:
    mov SIGCONTEXT_FPSTATE(%rdi), %rax
    test %rax, %rax
    jz 1f
    // A signal resets these two, which a function must leave as they were.
    fldcw FPSTATE_FCW(%rax)
    ldmxcsr FPSTATE_MXCSR(%rax)
1:  mov SIGCONTEXT_RSP(%rdi), %rcx
    mov SIGCONTEXT_RIP(%rdi), %rax
    mov %rax, -8(%rcx)
    mov SIGCONTEXT_RDI(%rdi), %rax
    mov %rax, -16(%rcx)
    mov SIGCONTEXT_RCX(%rdi), %rax
    mov %rax, -24(%rcx)
    mov SIGCONTEXT_R8(%rdi), %r8
    mov SIGCONTEXT_R9(%rdi), %r9
    mov SIGCONTEXT_R10(%rdi), %r10
    mov SIGCONTEXT_R11(%rdi), %r11
    mov SIGCONTEXT_R12(%rdi), %r12
    mov SIGCONTEXT_R13(%rdi), %r13
    mov SIGCONTEXT_R14(%rdi), %r14
    mov SIGCONTEXT_R15(%rdi), %r15
    mov SIGCONTEXT_RSI(%rdi), %rsi
    mov SIGCONTEXT_RBP(%rdi), %rbp
    mov SIGCONTEXT_RBX(%rdi), %rbx
    mov SIGCONTEXT_RDX(%rdi), %rdx
    mov SIGCONTEXT_RAX(%rdi), %rax
    lea -24(%rcx), %rsp
    pop %rcx
    pop %rdi
    ret
    .size fault_resume, . - fault_resume

// fault_die(signal): faults, and does not return. hlt is privileged: SEGV. A misaligned access with
// the flag that forbids them: BUS.
    .globl fault_die
    .hidden fault_die
    .type fault_die, @function
fault_die:
    cmp $7, %edi
    jne 1f
    and $-16, %rsp
    pushfq
    orl $0x40000, (%rsp)
    popfq
    mov 1(%rsp), %rax
1:  hlt
    jmp 1b
    .size fault_die, . - fault_die

    .section .note.GNU-stack, "", @progbits
