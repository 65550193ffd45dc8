// SPDX-License-Identifier: BSD-2-Clause
// Where it ends.
    .section .ctors, "aw", @progbits
    .balign 8
    .globl ctors_end
    .hidden ctors_end
ctors_end:
    .quad 0
    .section .note.GNU-stack, "", @progbits
