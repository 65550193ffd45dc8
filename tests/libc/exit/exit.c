// SPDX-License-Identifier: BSD-2-Clause
// The ways in which a program begins and ends: what runs, in which order, and with which status.

#define _GNU_SOURCE
#include <argdata.h>
#include <program.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"

enum task { EXIT, QUICK_EXIT, AT_ONCE, AT_ONCE_TOO, RETURN, BY_THREAD, BUFFERED };

static int pipe_end = -1;

// One letter each for what runs at the end; in a child they go to the pipe.
static void say(char letter) {
    if (pipe_end >= 0 && write(pipe_end, &letter, 1) != 1)
        _Exit(96);
}

static char constructed[3];
static int constructors;

__attribute__((__constructor__(102))) static void construct_second(void) {
    constructed[constructors++] = '2';
}

__attribute__((__constructor__(101))) static void construct_first(void) {
    constructed[constructors++] = '1';
}

__attribute__((__destructor__)) static void destruct(void) {
    say('d');
}

static void first_registered(void) {
    say('a');
}

static void second_registered(void) {
    say('b');
}

static void quick(void) {
    say('q');
}

static void check_end(struct check *t, int64_t task, unsigned status, int signal,
                      const char *said) {
    int ends[2], process, ended_by = -1;
    unsigned code = 99;
    CHECK_REQUIRE(t, pipe(ends) == 0);
    argdata_t *items[] = {argdata_create_int(task), argdata_create_fd(ends[1])};
    argdata_t *argument = argdata_create_seq((const argdata_t *const *)items, 2);
    CHECK_INT(t, program_spawn(check_fd(t, "self"), argument, &process), 0);
    CHECK_INT(t, close(ends[1]), 0);
    char text[20] = "";
    size_t len = 0;
    for (ssize_t got; (got = read(ends[0], text + len, sizeof(text) - 1 - len)) > 0;)
        len += (size_t)got;
    CHECK_INT(t, program_wait(process, &code, &ended_by), 0);
    CHECK_INT(t, ended_by, signal);
    CHECK_INT(t, code, status);
    CHECK_STR(t, text, said);
    close(ends[0]);
    close(process);
    argdata_free(argument);
    argdata_free(items[0]);
    argdata_free(items[1]);
}

static void ends(struct check *t) {
    check_end(t, EXIT, 7, 0, "bad");
    check_end(t, QUICK_EXIT, 8, 0, "q");
    check_end(t, AT_ONCE, 9, 0, "");
    check_end(t, AT_ONCE_TOO, 10, 0, "");
    check_end(t, RETURN, 0, 0, "bad");
    check_end(t, BY_THREAD, 7, 0, "bad");
}

static void constructors_ran(struct check *t) {
    CHECK_STR(t, constructed, "12");
}

// What is written to buffered streams is not lost.
static void streams(struct check *t) {
    check_end(t, BUFFERED, 0, 0, "badbuffered");
}

static void *call_exit(void *unused) {
    (void)unused;
    exit(7);
}

static void run_task(int64_t task) {
    pthread_t thread;
    atexit(first_registered);
    atexit(second_registered);
    at_quick_exit(quick);
    switch (task) {
    case EXIT:
        exit(7);
    case QUICK_EXIT:
        quick_exit(8);
    case AT_ONCE:
        _Exit(9);
    case AT_ONCE_TOO:
        _exit(10);
    case BY_THREAD:
        if (pthread_create(&thread, NULL, call_exit, NULL) == 0)
            pthread_join(thread, NULL);
        _Exit(95);
    case BUFFERED: {
        FILE *stream = fdopen(dup(pipe_end), "w");
        if (stream == NULL || fputs("buffered", stream) < 0)
            _Exit(94);
        exit(0);
    }
    default:
        return;
    }
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    argdata_seq_iterator_t it;
    argdata_seq_iterate(ad, &it);
    const argdata_t *item;
    int64_t task;
    if (!argdata_seq_get(&it, &item) || argdata_get_int(item, &task) != 0)
        run_tests(ad);
    argdata_seq_next(&it);
    if (!argdata_seq_get(&it, &item) || argdata_get_fd(item, &pipe_end) != 0)
        _Exit(97);
    run_task(task);
}

// The tests are the program only where it was not started as a child.
#define program_main run_tests
#define TESTS(X)                                                                                   \
    X(ends)                                                                                        \
    X(constructors_ran)                                                                            \
    X(streams)
CHECK_MAIN(TESTS)
