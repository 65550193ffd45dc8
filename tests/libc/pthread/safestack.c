// SPDX-License-Identifier: BSD-2-Clause
// In every thread, objects whose address escapes lie on the unsafe stack, others on the safe one,
// and guard pages part the two. Each overflow is tried in a child.

#define _GNU_SOURCE
#include <argdata.h>
#include <program.h>
#include <pthread.h>
#include <signal.h>

#include "check.h"

static void *escape(char *object) {
    __asm__ volatile("" : "+r"(object) : : "memory");
    return object;
}

// How far the object lies from the frame of the function that has it.
static size_t distance(void) {
    char object[64];
    char *frame = __builtin_frame_address(0), *place = escape(object);
    return (size_t)(place > frame ? place - frame : frame - place);
}

static void *in_thread(void *unused) {
    (void)unused;
    return (void *)(uintptr_t)distance();
}

// Within a page the two would be on one stack.
static void every_thread(struct check *t) {
    CHECK(t, distance() > 1 << 16);
    pthread_t threads[4];
    for (int i = 0; i < 4; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, in_thread, NULL) == 0);
    for (int i = 0; i < 4; ++i) {
        void *result = NULL;
        CHECK_INT(t, pthread_join(threads[i], &result), 0);
        CHECK(t, (uintptr_t)result > 1 << 16);
    }
}

static void *places(void *unused) {
    (void)unused;
    char object[64];
    pthread_attr_t attr;
    void *stack;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attr) != 0 ||
        pthread_attr_getstack(&attr, &stack, &size) != 0)
        return "no attributes";
    char *frame = __builtin_frame_address(0), *low = stack, *place = escape(object);
    if (frame < low || frame >= low + size)
        return "the frame is not on the thread's stack";
    if (place >= low && place < low + size)
        return "the object is on the safe stack";
    return NULL;
}

static void told_by_the_library(struct check *t) {
    pthread_t thread;
    void *wrong = "nothing ran";
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, places, NULL) == 0);
    CHECK_INT(t, pthread_join(thread, &wrong), 0);
    if (wrong != NULL)
        check_fail(t, __FILE__, __LINE__, "%s", (const char *)wrong);
}

#define TESTS(X)                                                                                   \
    X(every_thread)                                                                                \
    X(told_by_the_library)                                                                         \
    X(overflow_of_the_unsafe_stack)                                                                \
    X(overflow_of_the_safe_stack)                                                                  \
    X(smashed_stack_guard)

static void *run_off_unsafe_stack(void *unused) {
    char object[64];
    volatile char *place = escape(object);
    for (;;)
        *place-- = 0;
    return unused;
}

__attribute__((__noinline__)) static int recurse(volatile int depth) {
    return depth == -1 ? 0 : recurse(depth + 1) + depth;
}

static void *run_off_safe_stack(void *unused) {
    return recurse(0) ? unused : NULL;
}

__attribute__((__noinline__)) static void smash(void) {
    char object[64];
    memset(escape(object), 1, sizeof(object) + 64);
}

static void *call_smash(void *unused) {
    // What lies above, so that the guard of the stack is met before its end.
    char room[1024];
    escape(room);
    smash();
    escape(room);
    return unused;
}

static void *(*const faults[])(void *) = {run_off_unsafe_stack, run_off_safe_stack, call_smash};

// The signal that ends a child in which a thread runs faults[which].
static void fails_with(struct check *t, int64_t which, int signal) {
    int self = check_fd(t, "self"), process;
    unsigned status = 0;
    int ended_by = -1;
    argdata_t *argument = argdata_create_int(which);
    CHECK_REQUIRE(t, argument != NULL && self >= 0);
    if (CHECK_INT(t, program_spawn(self, argument, &process), 0)) {
        CHECK_INT(t, program_wait(process, &status, &ended_by), 0);
        CHECK_INT(t, ended_by, signal);
    }
    argdata_free(argument);
}

static void overflow_of_the_unsafe_stack(struct check *t) {
    fails_with(t, 0, SIGSEGV);
}

static void overflow_of_the_safe_stack(struct check *t) {
    fails_with(t, 1, SIGSEGV);
}

static void smashed_stack_guard(struct check *t) {
    fails_with(t, 2, SIGABRT);
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    int64_t which;
    if (argdata_get_int(ad, &which) != 0)
        run_tests(ad);
    pthread_t thread;
    if (pthread_create(&thread, NULL, faults[which], NULL) == 0)
        pthread_join(thread, NULL);
    exit(0);
}

// The tests are the program only where it was not started for a fault.
#define program_main run_tests
CHECK_MAIN(TESTS)
