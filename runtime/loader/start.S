// SPDX-License-Identifier: BSD-2-Clause
// Ways in: the kernel's into the loader, the loader's into the program.

    .text

    .globl _start
    .hidden _start
    .type _start, @function
_start:
    xor %ebp, %ebp
    mov %rsp, %rdi
    and $-16, %rsp
    call loader_main
    ud2
    .size _start, . - _start

// enter_program(entry, auxv, stack top): as if called, with a return address that faults.
    .globl enter_program
    .hidden enter_program
    .type enter_program, @function
enter_program:
    mov %rdx, %rsp
    and $-16, %rsp
    mov %rdi, %rax
    mov %rsi, %rdi
    push $0
    xor %ebx, %ebx
    xor %ecx, %ecx
    xor %edx, %edx
    xor %esi, %esi
    xor %ebp, %ebp
    xor %r8d, %r8d
    xor %r9d, %r9d
    xor %r10d, %r10d
    xor %r11d, %r11d
    xor %r12d, %r12d
    xor %r13d, %r13d
    xor %r14d, %r14d
    xor %r15d, %r15d
    cld
    jmp *%rax
    .size enter_program, . - enter_program

    .section .note.GNU-stack, "", @progbits
