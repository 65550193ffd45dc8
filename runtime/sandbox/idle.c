// SPDX-License-Identifier: BSD-2-Clause
// What a process that only waits holds on to.
#include "idle.h"

#include <stdint.h>
#include <sys/mman.h>

// From the linker: the program's first byte, and the end of its code.
extern const char __executable_start[], etext[];

void idle_release_code(void) {
    uintptr_t page = 4096, begin = (uintptr_t)__executable_start & ~(page - 1);
    uintptr_t end = ((uintptr_t)etext + page - 1) & ~(page - 1);
    madvise((void *)begin, end - begin, MADV_DONTNEED);
}
