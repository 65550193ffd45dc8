// SPDX-License-Identifier: BSD-2-Clause
// backtrace() where threads and the process begin and end: what runs last sees who ended them, and
// the chain stops at the outermost function.

#include "chain.h"

#include <argdata.h>
#include <program.h>
#include <pthread.h>
#include <threads.h>
#include <unistd.h>

enum { RIGHT = 42, WRONG, NOT_CALLED };

void _start(void); // of crt0.o

static bool ends_in_start(void) {
    return in_program() && found[1] == back && within(found[count - 1], _start);
}

static bool constructor_was_right;

__attribute__((__constructor__)) static void construct(void) {
    BACKTRACE();
    constructor_was_right = ends_in_start();
}

static void beginning(struct check *t) {
    CHECK(t, constructor_was_right);
    BACKTRACE();
    CHECK(t, ends_in_start());
}

static void at_the_bottom(void) {
    FRAME();
    count = backtrace(found, MOST);
    STAY();
}

static bool thread_was_right;

static void *start(void *unused) {
    outer(at_the_bottom);
    // Below are the library's two or more: one called this function, one is called by nobody.
    thread_was_right = in_program() && count >= depth + 4;
    for (int i = 0; i < depth; ++i)
        thread_was_right = thread_was_right && found[i + 1] == far[depth - 1 - i];
    return unused;
}

static int start_c11(void *unused) {
    start(unused);
    return 0;
}

static void threads_begin(struct check *t) {
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, start, NULL) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    CHECK(t, thread_was_right);
    thread_was_right = false;
    thrd_t c11;
    CHECK_REQUIRE(t, thrd_create(&c11, start_c11, NULL) == thrd_success);
    CHECK_INT(t, thrd_join(c11, NULL), thrd_success);
    CHECK(t, thread_was_right);
}

static void take(void *unused) {
    (void)unused;
    BACKTRACE();
}

static pthread_key_t key;

static void by_pthread_exit(void) {
    FRAME();
    pthread_setspecific(key, &key);
    pthread_exit(NULL);
}

static void by_pthread_exit_too(void) {
    FRAME();
    pthread_cleanup_push(take, NULL);
    pthread_exit(NULL);
    pthread_cleanup_pop(0);
}

static void *leave(void *too) {
    outer(too == NULL ? by_pthread_exit : by_pthread_exit_too);
    return NULL;
}

static void threads_end(struct check *t) {
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_key_create(&key, take) == 0);
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, leave, NULL) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    CHECK(t, seen_through(by_pthread_exit));
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, leave, &thread) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    CHECK(t, seen_through(by_pthread_exit_too));
    CHECK_INT(t, pthread_key_delete(key), 0);
}

// The end of a process is a child's.
enum task { ATEXIT, DESTRUCTOR, QUICK };

static function ending;

static void ended(void) {
    BACKTRACE();
    _Exit(seen_through(ending) ? RIGHT : WRONG);
}

__attribute__((__destructor__)) static void destruct(void) {
    BACKTRACE();
    if (ending != NULL)
        _Exit(seen_through(ending) ? RIGHT : WRONG);
}

static void by_exit(void) {
    FRAME();
    exit(NOT_CALLED);
}

static void by_quick_exit(void) {
    FRAME();
    quick_exit(NOT_CALLED);
}

static _Noreturn void run_task(int64_t task) {
    if (task == QUICK ? at_quick_exit(ended) : task == ATEXIT ? atexit(ended) : 0)
        _Exit(NOT_CALLED);
    ending = task == QUICK ? by_quick_exit : by_exit;
    outer(ending);
    _Exit(NOT_CALLED);
}

static void check_task(struct check *t, int64_t task) {
    int process, signal = -1;
    unsigned status = NOT_CALLED;
    argdata_t *argument = argdata_create_int(task);
    CHECK_REQUIRE(t, program_spawn(check_fd(t, "self"), argument, &process) == 0);
    CHECK_INT(t, program_wait(process, &status, &signal), 0);
    CHECK_INT(t, signal, 0);
    CHECK_INT(t, status, RIGHT);
    close(process);
    argdata_free(argument);
}

static void process_ends(struct check *t) {
    check_task(t, ATEXIT);
    check_task(t, DESTRUCTOR);
    check_task(t, QUICK);
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    int64_t task;
    if (argdata_get_int(ad, &task) == 0)
        run_task(task);
    run_tests(ad);
}

// The tests are the program only where it was not started as a child.
#define program_main run_tests
#define TESTS(X) X(beginning) X(threads_begin) X(threads_end) X(process_ends)
CHECK_MAIN(TESTS)
