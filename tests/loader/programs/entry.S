// SPDX-License-Identifier: BSD-2-Clause
// Keeps what the loader left in the registers at the entry point, for the check of it.
    .text
    .globl _start
    .type _start, @function
_start:
    mov %rsp, entry_stack(%rip)
    jmp start
    .size _start, . - _start

    .bss
    .globl entry_stack
    .hidden entry_stack
    .align 8
entry_stack:
    .skip 8
    .section .note.GNU-stack, "", @progbits
