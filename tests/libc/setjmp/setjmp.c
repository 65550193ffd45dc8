// SPDX-License-Identifier: BSD-2-Clause
// setjmp() and longjmp(), also across frames that keep objects on the unsafe stack.

#define _GNU_SOURCE
#include <setjmp.h>
#include <string.h>

#include "check.h"

static jmp_buf target;

__attribute__((noinline)) static void jump_from_below(int depth, char *above) {
    char room[200];
    memset(room, depth, sizeof(room));
    if (above != NULL)
        above[0] = room[1];
    if (depth == 0)
        longjmp(target, 7);
    jump_from_below(depth - 1, room);
    above[0] = room[0];
}

static void value_arrives(struct check *t) {
    char kept[64];
    strlcpy(kept, "on the unsafe stack", sizeof(kept));
    volatile int rounds = 0;
    int value = setjmp(target);
    if (value == 0) {
        jump_from_below(5, NULL);
        CHECK(t, false);
    }
    CHECK_INT(t, value, 7);
    CHECK_STR(t, kept, "on the unsafe stack");
    // The unsafe stack is back where it was: many jumps do not use it up.
    if (++rounds < 100000)
        jump_from_below(3, NULL);
    CHECK_INT(t, rounds, 100000);
}

static void zero_becomes_one(struct check *t) {
    volatile int calls = 0;
    int value = setjmp(target);
    if (++calls == 1)
        longjmp(target, 0);
    CHECK_INT(t, value, 1);
}

static void without_signals(struct check *t) {
    volatile int calls = 0;
    int value = _setjmp(target);
    if (++calls == 1)
        _longjmp(target, -3);
    CHECK_INT(t, value, -3);
    CHECK_INT(t, calls, 2);
}

#define TESTS(X)                                                                                   \
    X(value_arrives)                                                                               \
    X(zero_becomes_one) X(without_signals)
CHECK_MAIN(TESTS)
