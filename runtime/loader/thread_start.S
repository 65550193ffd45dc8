// SPDX-License-Identifier: BSD-2-Clause
// The two ends of a thread that C cannot express: both change stacks.

#include <asm/unistd.h>

#include "thread.h"

    .text

// thread_clone(flags, stack, parent_tid, child_tid, tls), in the order of the kernel's clone.
    .globl thread_clone
    .hidden thread_clone
    .type thread_clone, @function
thread_clone:
    and $-16, %rsi
    mov %rcx, %r10
    mov $__NR_clone, %eax
    xor %r9d, %r9d
    syscall
    test %eax, %eax
    jz 1f
    ret
1:  // The new thread: the kernel has stored its number before it could run.
    xor %ebp, %ebp
    mov %fs:THREAD_KERNEL_TID, %edi
    add thread_tid_base(%rip), %edi
    mov %edi, %fs:THREAD_TID
    mov %fs:THREAD_ARGUMENT, %rsi
    mov %fs:THREAD_ENTRY, %rax
    push $0
    jmp *%rax
    .size thread_clone, . - thread_clone

// thread_switch_stack(lock, scope, stack top)
    .globl thread_switch_stack
    .hidden thread_switch_stack
    .type thread_switch_stack, @function
thread_switch_stack:
    mov %rdx, %rsp
    and $-16, %rsp
    xor %ebp, %ebp
    call thread_exit_here
    ud2
    .size thread_switch_stack, . - thread_switch_stack

    .section .note.GNU-stack, "", @progbits
