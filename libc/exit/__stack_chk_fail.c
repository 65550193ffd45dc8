// SPDX-License-Identifier: BSD-2-Clause
// What the compiler calls when a function finds its stack guard changed. Nothing can be trusted
// any more, so nothing is run but the end.

#include <stdlib.h>

_Noreturn void __stack_chk_fail(void);

_Noreturn void __stack_chk_fail(void) {
    abort();
}
