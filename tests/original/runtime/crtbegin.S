// SPDX-License-Identifier: BSD-2-Clause
// Where the list of constructors begins: those of the program follow.
    .section .ctors, "aw", @progbits
    .balign 8
    .globl ctors_begin
    .hidden ctors_begin
ctors_begin:
    .quad -1
    .section .note.GNU-stack, "", @progbits
