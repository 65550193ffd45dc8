// SPDX-License-Identifier: BSD-2-Clause
// Whether backtrace() sees through functions of the library that call back. Who called whom is
// noted as it happens, on both sides of the library.
#ifndef CHAIN_H
#define CHAIN_H

#define _GNU_SOURCE
#include <dlfcn.h>
#include <execinfo.h>

#include "check.h"

enum { MOST = 64 };
static void *found[MOST];
static int count;
static void *far[MOST]; // where the functions before the library return to, the outermost first
static int depth;
static void *back; // where the callback returns to

// In every function before the library.
#define FRAME() (far[depth++] = __builtin_return_address(0))
// In the callback.
#define BACKTRACE() (back = __builtin_return_address(0), count = backtrace(found, MOST))
// Behind the last call of a function, lest it becomes a jump.
#define STAY() __asm__ volatile("")

typedef void (*function)(void);

// Whether a call in this function, which is short, returns there.
static inline bool within(const void *place, function function) {
    return (const char *)place > (const char *)function &&
           (const char *)place <= (const char *)function + 500;
}

static inline bool in_program(void) {
    Dl_info info;
    for (int i = 0; i < count; ++i)
        if (dladdr(found[i], &info) == 0)
            return false;
    return count > 0 && count < MOST;
}

__attribute__((__noinline__)) static void inner(function call) {
    FRAME();
    call();
    STAY();
}

// Runs `call`, which is to hand a callback to the library.
__attribute__((__noinline__)) static void outer(function call) {
    depth = count = 0;
    FRAME();
    inner(call);
    STAY();
}

// Whether the places found lead from the callback through the library to `call` and its callers.
static inline bool seen_through(function call) {
    int i = 0;
    while (i < count && found[i] != far[depth - 1])
        ++i;
    // One is in the callback, one is in `call`. The library's are between them, except where it
    // jumps instead of calling.
    if (i < 2 || i + depth > count || found[1] != back || !within(found[i - 1], call))
        return false;
    for (int n = 0; n < depth; ++n)
        if (found[i + n] != far[depth - 1 - n])
            return false;
    return in_program();
}

#endif
