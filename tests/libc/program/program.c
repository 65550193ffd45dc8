// SPDX-License-Identifier: BSD-2-Clause
// Starting programs: this one, by the descriptor of its own file. As a child it does what its
// argument says.

#define _GNU_SOURCE
#include <argdata.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <program.h>
#include <pthread.h>
#include <signal.h>
#include <sys/capsicum.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

enum task { EXIT, RAISE, ECHO, EXEC, FOREVER };

// A child's argument: a sequence of what to do, a number, and a descriptor twice.
static void with_task(int64_t task, int64_t number, int fd,
                      void (*use)(const argdata_t *argument, void *data), void *data) {
    argdata_t *items[] = {argdata_create_int(task), argdata_create_int(number),
                          argdata_create_fd(fd), argdata_create_fd(fd)};
    argdata_t *argument = argdata_create_seq((const argdata_t *const *)items, 4);
    use(argument, data);
    argdata_free(argument);
    for (int i = 0; i < 4; ++i)
        argdata_free(items[i]);
}

struct started {
    int self, process, error;
};

static void start(const argdata_t *argument, void *data) {
    struct started *child = data;
    child->error = program_spawn(child->self, argument, &child->process);
}

// Starts this program with a task, and with the descriptor `fd`.
static struct started start_task(struct check *t, enum task task, int number, int fd) {
    struct started child = {.self = check_fd(t, "self"), .process = -1};
    with_task(task, number, fd < 0 ? child.self : fd, start, &child);
    return child;
}

static void how_children_end(struct check *t) {
    unsigned status;
    int signal;
    struct started child = start_task(t, EXIT, 200, -1);
    CHECK_REQUIRE(t, child.error == 0);
    CHECK_INT(t, program_wait(child.process, &status, &signal), 0);
    CHECK_INT(t, status, 200);
    CHECK_INT(t, signal, 0);
    // Waiting does not use it up.
    status = 0;
    CHECK_INT(t, program_wait(child.process, &status, &signal), 0);
    CHECK_INT(t, status, 200);
    CHECK_INT(t, close(child.process), 0);
    CHECK_INT(t, program_wait(child.process, &status, &signal), EBADF);

    child = start_task(t, RAISE, SIGTERM, -1);
    CHECK_REQUIRE(t, child.error == 0);
    CHECK_INT(t, program_wait(child.process, &status, &signal), 0);
    CHECK_INT(t, signal, SIGTERM);
    CHECK_INT(t, status, 0);
    CHECK_INT(t, close(child.process), 0);
}

static void what_children_get(struct check *t) {
    int ends[2];
    unsigned status;
    int signal;
    CHECK_REQUIRE(t, pipe(ends) == 0);
    struct started child = start_task(t, ECHO, 0, ends[1]);
    CHECK_REQUIRE(t, child.error == 0);
    CHECK_INT(t, close(ends[1]), 0);
    char text[100] = "";
    CHECK_INT(t, read(ends[0], text, sizeof(text)), 37);
    // Another process has another name; the descriptor is its only one, named twice.
    CHECK(t, memcmp(text, program_getpid(), 36) != 0);
    CHECK_INT(t, text[36], 0);
    // The child's end was the last one.
    CHECK_INT(t, read(ends[0], text, sizeof(text)), 0);
    CHECK_INT(t, program_wait(child.process, &status, &signal), 0);
    CHECK_INT(t, status, 0);
    CHECK_INT(t, close(ends[0]), 0);
    CHECK_INT(t, close(child.process), 0);
}

static void a_program_that_becomes_another(struct check *t) {
    unsigned status = 0;
    int signal;
    struct started child = start_task(t, EXEC, 55, -1);
    CHECK_REQUIRE(t, child.error == 0);
    CHECK_INT(t, program_wait(child.process, &status, &signal), 0);
    CHECK_INT(t, signal, 0);
    CHECK_INT(t, status, 55);
    CHECK_INT(t, close(child.process), 0);
}

static void closing_ends_a_child(struct check *t) {
    int ends[2];
    char byte;
    CHECK_REQUIRE(t, pipe(ends) == 0);
    struct started child = start_task(t, FOREVER, 0, ends[1]);
    CHECK_REQUIRE(t, child.error == 0);
    CHECK_INT(t, close(ends[1]), 0);
    CHECK_INT(t, close(child.process), 0);
    // Its end of the pipe closes with it.
    CHECK_INT(t, read(ends[0], &byte, 1), 0);
    CHECK_INT(t, close(ends[0]), 0);
}

static void what_is_no_program(struct check *t) {
    int process = -7, in = check_fd(t, "in"), dir = check_fd(t, "dir"), self = check_fd(t, "self");
    CHECK_INT(t, program_spawn(in, &argdata_null, &process), EBADF);
    CHECK_INT(t, program_spawn(dir, &argdata_null, &process), EACCES);
    CHECK_INT(t, program_spawn(999, &argdata_null, &process), EBADF);
    CHECK_INT(t, program_exec(dir, &argdata_null), EACCES);
    CHECK_INT(t, process, -7);
    int without = dup(self);
    cap_rights_t rights;
    CHECK_INT(t, cap_rights_get(without, &rights), 0);
    cap_rights_clear(&rights, CAP_FEXECVE);
    CHECK_INT(t, cap_rights_limit(without, &rights), 0);
    CHECK_INT(t, program_spawn(without, &argdata_null, &process), EBADF);
    CHECK_INT(t, close(without), 0);
    CHECK_INT(t, program_wait(in, &(unsigned){0}, &(int){0}), EINVAL);
}

static void the_name_of_a_process(struct check *t) {
    const char *name = program_getpid();
    CHECK_REQUIRE(t, strlen(name) == 36);
    for (int i = 0; i < 36; ++i) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        CHECK(t, dash ? name[i] == '-' : isdigit(name[i]) || (name[i] >= 'a' && name[i] <= 'f'));
    }
    CHECK_INT(t, name[14], '4');
    CHECK(t, program_getpid() == name);
    const void *data = NULL;
    size_t len = 0;
    program_get_raw_argdata(&data, &len);
    CHECK(t, data != NULL && len > 0);
}

static void *start_some(void *self) {
    for (int i = 0; i < 10; ++i) {
        struct started child = {.self = *(int *)self, .process = -1};
        unsigned status = 0;
        int signal = -1;
        with_task(EXIT, i, child.self, start, &child);
        if (child.error != 0 || program_wait(child.process, &status, &signal) != 0 || signal != 0 ||
            status != (unsigned)i || close(child.process) != 0)
            return "failed";
    }
    return NULL;
}

static void from_several_threads(struct check *t) {
    int self = check_fd(t, "self");
    pthread_t threads[4];
    for (int i = 0; i < 4; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, start_some, &self) == 0);
    for (int i = 0; i < 4; ++i) {
        void *failed = "nothing ran";
        CHECK_INT(t, pthread_join(threads[i], &failed), 0);
        CHECK(t, failed == NULL);
    }
}

static void exec(const argdata_t *argument, void *data) {
    program_exec(*(int *)data, argument);
    _Exit(99);
}

static _Noreturn void run_task(int64_t task, int64_t number, int fd) {
    switch (task) {
    case EXIT:
        exit((int)number);
    case RAISE:
        raise((int)number);
        break;
    case ECHO:
        // A second descriptor must not have come along.
        if (fd == 0 && fcntl(1, F_GETFD) == -1 && errno == EBADF)
            exit(write(fd, program_getpid(), 37) == 37 ? 0 : 2);
        break;
    case EXEC:
        with_task(EXIT, number, fd, exec, &fd);
        break;
    case FOREVER:
        for (;;)
            nanosleep(&(struct timespec){.tv_sec = 1000}, NULL);
    default:
        break;
    }
    _Exit(98);
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    argdata_seq_iterator_t it;
    argdata_seq_iterate(ad, &it);
    int64_t numbers[2];
    int fds[2], count = 0;
    const argdata_t *item;
    for (; count < 4 && argdata_seq_get(&it, &item); argdata_seq_next(&it), ++count)
        if (count < 2 ? argdata_get_int(item, &numbers[count]) != 0
                      : argdata_get_fd(item, &fds[count - 2]) != 0)
            _Exit(97);
    if (count == 4 && fds[0] == fds[1])
        run_task(numbers[0], numbers[1], fds[0]);
    run_tests(ad);
}

// The tests are the program only where it was not started as a child.
#define program_main run_tests
#define TESTS(X)                                                                                   \
    X(how_children_end)                                                                            \
    X(what_children_get)                                                                           \
    X(a_program_that_becomes_another)                                                              \
    X(closing_ends_a_child)                                                                        \
    X(from_several_threads)                                                                        \
    X(what_is_no_program)                                                                          \
    X(the_name_of_a_process)
CHECK_MAIN(TESTS)
