// SPDX-License-Identifier: BSD-2-Clause
// Signals cannot be blocked, so there is no mask to save: these are setjmp() and longjmp().

#include <setjmp.h>

_Noreturn void siglongjmp(sigjmp_buf environment, int value) {
    longjmp(environment, value);
}

// Anything but a jump would save its own frame in place of the caller's.
#ifdef __x86_64__
__asm__(".pushsection .text.sigsetjmp,\"ax\",@progbits\n"
        ".globl sigsetjmp\n"
        ".globl __sigsetjmp\n"
        ".type sigsetjmp,@function\n"
        "__sigsetjmp:\n"
        "sigsetjmp:\n"
        "jmp setjmp\n"
        ".size sigsetjmp,.-sigsetjmp\n"
        ".popsection\n");
#else
#error "sigsetjmp() for this machine is missing"
#endif
