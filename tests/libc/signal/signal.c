// SPDX-License-Identifier: BSD-2-Clause
// Signals have their default action, their names, and sets that are mere data.

#define _GNU_SOURCE
#include <argdata.h>
#include <errno.h>
#include <locale.h>
#include <program.h>
#include <setjmp.h>
#include <signal.h>

#include "check.h"

// What a child does that is started with a number.
enum { ABORT = 100, RETURN_STATUS };

static void ends_by(struct check *t, int64_t task, int signal, unsigned status) {
    int process, ended_by = -1;
    unsigned exit_code = 99;
    argdata_t *argument = argdata_create_int(task);
    CHECK_REQUIRE(t, argument != NULL);
    if (CHECK_INT(t, program_spawn(check_fd(t, "self"), argument, &process), 0)) {
        CHECK_INT(t, program_wait(process, &exit_code, &ended_by), 0);
        CHECK_INT(t, ended_by, signal);
        CHECK_INT(t, exit_code, status);
    }
    argdata_free(argument);
}

static void default_actions(struct check *t) {
    static const int ending[] = {SIGABRT, SIGALRM, SIGBUS,  SIGFPE,  SIGHUP,  SIGILL,
                                 SIGINT,  SIGKILL, SIGQUIT, SIGSEGV, SIGTERM, SIGTRAP,
                                 SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGSYS,  SIGVTALRM};
    for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); ++i)
        ends_by(t, ending[i], ending[i], 0);
    static const int ignored[] = {SIGCHLD, SIGPIPE, SIGURG, SIGCONT};
    for (int i = 0; i < 4; ++i)
        CHECK_INT(t, raise(ignored[i]), 0);
    ends_by(t, ABORT, SIGABRT, 0);
    ends_by(t, RETURN_STATUS, 0, 0);
    CHECK_INT(t, raise(0), 0);
    CHECK_INT(t, raise(NSIG), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, raise(-1), -1);
    CHECK_INT(t, raise(256 + SIGTERM), -1);
}

static void names(struct check *t) {
    for (int i = 1; i < NSIG; ++i)
        CHECK(t, strcmp(strsignal(i), strsignal(0)) != 0);
    CHECK_STR(t, strsignal(SIGKILL), "Kill");
    CHECK_STR(t, strsignal(SIGCHLD), "Child changed state");
    CHECK_STR(t, strsignal(-1), "Unknown signal");
    CHECK_STR(t, strsignal(NSIG), "Unknown signal");
    psignal(SIGTERM, "lost"); // nothing is attached to stderr
}

static void messages(struct check *t) {
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    CHECK_REQUIRE(t, stream != NULL);
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    fswap(stderr, stream);
    psignal(SIGKILL, "why");
    psignal_l(SIGCHLD, NULL, locale);
    psignal_l(SIGKILL, "again", locale);
    fswap(stderr, stream);
    freelocale(locale);
    CHECK_INT(t, fclose(stream), 0);
    CHECK_STR(t, text, "why: Kill\nChild changed state\nagain: Kill\n");
    free(text);
}

static void sets(struct check *t) {
    sigset_t set, other;
    CHECK_INT(t, sigemptyset(&set), 0);
    CHECK_INT(t, sigisemptyset(&set), 1);
    CHECK_INT(t, sigaddset(&set, SIGTERM), 0);
    CHECK_INT(t, sigismember(&set, SIGTERM), 1);
    CHECK_INT(t, sigismember(&set, SIGINT), 0);
    CHECK_INT(t, sigfillset(&other), 0);
    CHECK_INT(t, sigdelset(&other, SIGTERM), 0);
    sigset_t result;
    CHECK_INT(t, sigandset(&result, &set, &other), 0);
    CHECK_INT(t, sigisemptyset(&result), 1);
    CHECK_INT(t, sigorset(&result, &set, &other), 0);
    CHECK_INT(t, sigismember(&result, SIGXFSZ), 1);
    CHECK_INT(t, sigaddset(&set, 0), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, sigaddset(&set, NSIG), -1);
}

static void jumps(struct check *t) {
    sigjmp_buf here;
    volatile int visits = 0;
    int value = sigsetjmp(here, 1);
    if (++visits == 1)
        siglongjmp(here, 5);
    CHECK_INT(t, visits, 2);
    CHECK_INT(t, value, 5);
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    int64_t task;
    if (argdata_get_int(ad, &task) != 0)
        run_tests(ad);
    if (task == RETURN_STATUS)
        return;
    if (task == ABORT)
        abort();
    raise((int)task);
    _Exit(98);
}

// The tests are the program only where it was not started as a child.
#define program_main run_tests
#define TESTS(X)                                                                                   \
    X(default_actions)                                                                             \
    X(names) X(messages) X(sets) X(jumps)
CHECK_MAIN(TESTS)
