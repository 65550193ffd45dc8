// SPDX-License-Identifier: BSD-2-Clause
// Threads: start, end, join, detach, and what each has for itself.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static void *return_argument(void *argument) {
    return argument;
}

static void *exit_deep(void *argument) {
    pthread_exit(argument);
}

static void join_gives_the_result(struct check *t) {
    int value;
    pthread_t thread;
    void *result = NULL;
    CHECK_INT(t, pthread_create(&thread, NULL, return_argument, &value), 0);
    CHECK(t, !pthread_equal(thread, pthread_self()));
    CHECK(t, !(pthread_equal)(thread, pthread_self()) && (pthread_equal)(thread, thread));
    CHECK_INT(t, pthread_join(thread, &result), 0);
    CHECK(t, result == &value);
    CHECK_INT(t, pthread_create(&thread, NULL, exit_deep, &value), 0);
    result = NULL;
    CHECK_INT(t, pthread_join(thread, &result), 0);
    CHECK(t, result == &value);
    CHECK_INT(t, pthread_join(pthread_self(), NULL), EDEADLK);
}

static void *count(void *argument) {
    atomic_fetch_add((atomic_int *)argument, 1);
    return NULL;
}

static void a_thousand(struct check *t) {
    atomic_int counter = 0;
    for (int i = 0; i < 1000; ++i) {
        pthread_t thread;
        if (!CHECK_INT(t, pthread_create(&thread, NULL, count, &counter), 0))
            return;
        CHECK_INT(t, pthread_join(thread, NULL), 0);
    }
    CHECK_INT(t, counter, 1000);
}

static void many_at_once(struct check *t) {
    atomic_int counter = 0;
    pthread_t threads[64];
    for (int i = 0; i < 64; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, count, &counter) == 0);
    for (int i = 0; i < 64; ++i)
        CHECK_INT(t, pthread_join(threads[i], NULL), 0);
    CHECK_INT(t, counter, 64);
}

static void wait_for(const atomic_int *counter, int value) {
    for (int i = 0; i < 10000 && atomic_load(counter) != value; ++i)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void *detach_myself(void *argument) {
    int error = pthread_detach(pthread_self());
    return count(error == 0 ? argument : NULL);
}

static void detached(struct check *t) {
    static atomic_int counter;
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    CHECK_INT(t, pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED), 0);
    pthread_t thread;
    for (int i = 0; i < 200; ++i) {
        CHECK_REQUIRE(t, pthread_create(&thread, &attr, count, &counter) == 0);
        CHECK_REQUIRE(t, pthread_create(&thread, NULL, detach_myself, &counter) == 0);
        CHECK_REQUIRE(t, pthread_create(&thread, NULL, count, &counter) == 0);
        CHECK_INT(t, pthread_detach(thread), 0);
    }
    wait_for(&counter, 600);
    CHECK_INT(t, counter, 600);
}

// The memory of detached threads is used again: their control blocks lie where others lay.
static void detached_threads_leave_nothing(struct check *t) {
    static atomic_int counter;
    pthread_attr_t attr;
    pthread_t threads[200];
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    int seen_before = 0;
    for (int i = 0; i < 200; ++i) {
        CHECK_REQUIRE(t, pthread_create(&threads[i], &attr, count, &counter) == 0);
        wait_for(&counter, i + 1);
        for (int k = 0; k < i; ++k)
            if (pthread_equal(threads[k], threads[i])) {
                ++seen_before;
                break;
            }
    }
    CHECK(t, seen_before > 100);
}

static _Thread_local int local = 5;
static _Thread_local char zeros[1000];

static _Thread_local _Alignas(256) char aligned[3] = "ab";

static void *use_thread_local(void *argument) {
    if (local != 5 || zeros[999] != 0 || (uintptr_t)aligned % 256 != 0 || aligned[1] != 'b')
        return NULL;
    errno = local = (int)(intptr_t)argument;
    zeros[999] = 1;
    for (int i = 0; i < 20; ++i)
        sched_yield();
    return errno == (int)(intptr_t)argument && local == (int)(intptr_t)argument ? argument : NULL;
}

static void thread_local_storage(struct check *t) {
    pthread_t threads[8];
    CHECK_INT(t, (uintptr_t)aligned % 256, 0);
    CHECK_STR(t, aligned, "ab");
    local = -1;
    errno = 7;
    for (intptr_t i = 0; i < 8; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, use_thread_local, (void *)(i + 1)) == 0);
    for (intptr_t i = 0; i < 8; ++i) {
        void *result = NULL;
        CHECK_INT(t, pthread_join(threads[i], &result), 0);
        CHECK_INT(t, (intptr_t)result, i + 1);
    }
    CHECK_INT(t, local, -1);
    CHECK_INT(t, errno, 7);
    local = 5;
}

static atomic_int may_end;

static void *wait_to_end(void *argument) {
    while (!may_end)
        sched_yield();
    return argument;
}

static void join_with_a_limit(struct check *t) {
    pthread_t thread;
    struct timespec until;
    may_end = 0;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, wait_to_end, t) == 0);
    CHECK_INT(t, pthread_tryjoin_np(thread, NULL), EBUSY);
    clock_gettime(CLOCK_REALTIME, &until);
    CHECK_INT(t, pthread_timedjoin_np(thread, NULL, &until), ETIMEDOUT);
    may_end = 1;
    until.tv_sec += 10;
    void *result = NULL;
    CHECK_INT(t, pthread_timedjoin_np(thread, &result, &until), 0);
    CHECK(t, result == t);
}

static void attributes_of_a_thread(struct check *t) {
    pthread_t thread;
    pthread_attr_t attr;
    may_end = 0;
    pthread_attr_init(&attr);
    CHECK_INT(t, pthread_attr_setstacksize(&attr, 300 << 10), 0);
    CHECK_INT(t, pthread_attr_setstacksize(&attr, 1), EINVAL);
    CHECK_REQUIRE(t, pthread_create(&thread, &attr, wait_to_end, NULL) == 0);
    CHECK_INT(t, pthread_getattr_np(thread, &attr), 0);
    void *stack;
    size_t size = 0;
    int state = -1;
    CHECK_INT(t, pthread_attr_getstack(&attr, &stack, &size), 0);
    CHECK_INT(t, size, 300 << 10);
    CHECK_INT(t, pthread_attr_getdetachstate(&attr, &state), 0);
    CHECK_INT(t, state, PTHREAD_CREATE_JOINABLE);

    char name[16] = "?";
    CHECK_INT(t, pthread_setname_np(thread, "0123456789abcdef"), ERANGE);
    CHECK_INT(t, pthread_setname_np(thread, "worker"), 0);
    CHECK_INT(t, pthread_getname_np(thread, name, 3), ERANGE);
    CHECK_INT(t, pthread_getname_np(thread, name, sizeof(name)), 0);
    CHECK_STR(t, name, "worker");
    may_end = 1;
    CHECK_INT(t, pthread_join(thread, NULL), 0);
}

static void *own_stack(void *argument) {
    // On the safe stack, as nothing keeps the address but a comparison.
    return (char *)__builtin_frame_address(0) - (char *)argument < 1 << 16 ? argument : NULL;
}

static void a_stack_of_the_caller(struct check *t) {
    static char stack[1 << 16] __attribute__((__aligned__(16)));
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    CHECK_INT(t, pthread_attr_setstack(&attr, stack, sizeof(stack)), 0);
    for (int i = 0; i < 3; ++i) {
        pthread_t thread;
        void *result = NULL;
        CHECK_REQUIRE(t, pthread_create(&thread, &attr, own_stack, stack) == 0);
        CHECK_INT(t, pthread_join(thread, &result), 0);
        CHECK(t, result == stack);
    }
}

// As small as may be, but one can work with it.
static void *open_a_file(void *dir) {
    char text[100];
    int fd = openat(*(int *)dir, "a/../small", O_RDWR | O_CREAT, 0666);
    if (fd < 0 || snprintf(text, sizeof(text), "%f", 1.5) != 8 || write(fd, text, 8) != 8 ||
        renameat(*(int *)dir, "small", *(int *)dir, "a/small") != 0)
        return "failed";
    close(fd);
    return NULL;
}

static void a_small_stack(struct check *t) {
    pthread_attr_t attr;
    pthread_t thread;
    static char stack[PTHREAD_STACK_MIN] __attribute__((__aligned__(16)));
    int dir = check_fd(t, "dir");
    CHECK_INT(t, mkdirat(dir, "a", 0777), 0);
    for (int i = 0; i < 2; ++i) {
        void *failed = "nothing ran";
        pthread_attr_init(&attr);
        CHECK_INT(t,
                  i == 0 ? pthread_attr_setstack(&attr, stack, sizeof(stack))
                         : pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN),
                  0);
        CHECK_REQUIRE(t, pthread_create(&thread, &attr, open_a_file, &dir) == 0);
        CHECK_INT(t, pthread_join(thread, &failed), 0);
        CHECK(t, failed == NULL);
    }
}

static void a_stack_beyond_memory(struct check *t) {
    pthread_attr_t attr;
    pthread_t thread;
    pthread_attr_init(&attr);
    CHECK_INT(t, pthread_attr_setstacksize(&attr, (size_t)1 << 50), 0);
    CHECK_INT(t, pthread_create(&thread, &attr, return_argument, NULL), EAGAIN);
}

static int handled;

static void handler(void *digit) {
    handled = handled * 10 + (int)(intptr_t)digit;
}

static void *with_handlers(void *exits) {
    pthread_cleanup_push(handler, (void *)1);
    pthread_cleanup_push(handler, (void *)2);
    if (exits != NULL)
        pthread_exit(NULL);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(1);
    return NULL;
}

static void cleanup(struct check *t) {
    pthread_t thread;
    with_handlers(NULL);
    CHECK_INT(t, handled, 1);
    handled = 0;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, with_handlers, t) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    CHECK_INT(t, handled, 21);
}

#define TESTS(X)                                                                                   \
    X(join_gives_the_result)                                                                       \
    X(a_thousand)                                                                                  \
    X(many_at_once)                                                                                \
    X(detached)                                                                                    \
    X(detached_threads_leave_nothing)                                                              \
    X(thread_local_storage)                                                                        \
    X(join_with_a_limit)                                                                           \
    X(attributes_of_a_thread)                                                                      \
    X(a_small_stack)                                                                               \
    X(a_stack_beyond_memory)                                                                       \
    X(a_stack_of_the_caller)                                                                       \
    X(cleanup)
CHECK_MAIN(TESTS)
