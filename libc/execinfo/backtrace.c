// SPDX-License-Identifier: BSD-2-Clause
// The calls that led here. The first step is made with the frame pointer, which this function has
// though others have none; the others with unwind tables.

#include <execinfo.h>
#include <stddef.h>

#include "libc.h"
#include "unwind.h"

#ifdef __x86_64__
// Not inlined: the compiler lays out the frame that is read here.
__attribute__((__noinline__)) int backtrace(void **addresses, int size) {
    const uintptr_t *own = __builtin_frame_address(0); // the caller's frame pointer, and its pc
    struct frame frame = {.pc = own[1], .sp = (uintptr_t)(own + 2), .fp = own[0], .fp_known = true};
    int count = 0;
    while (count < size) {
        addresses[count++] = (void *)frame.pc;
        // A call may be the last instruction of its function: it is what the table is asked for.
        struct unwind_entry entry;
        if (!__unwind_find(frame.pc - 1, &entry) || !__unwind_step(&entry, frame.pc - 1, &frame))
            break;
    }
    return count;
}
#else // the layout of frames is not known here
int backtrace(void **addresses, int size) {
    if (size <= 0)
        return 0;
    *addresses = __builtin_return_address(0);
    return 1;
}
#endif
