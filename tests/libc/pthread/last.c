// SPDX-License-Identifier: BSD-2-Clause
// The end of the last thread is the end of the process, by exit(0), whichever thread it is.

#include <argdata.h>
#include <program.h>
#include <pthread.h>
#include <time.h>

#include "check.h"

static pthread_t first;

static void quit(void) {
    _Exit(17); // shows that exit() was called
}

static void *outlive(void *unused) {
    pthread_join(first, NULL);
    return unused;
}

static void ends_with_the_last_thread(struct check *t) {
    int self = check_fd(t, "self"), process, ended_by = -1;
    unsigned status = 0;
    CHECK_REQUIRE(t, self >= 0);
    CHECK_INT(t, program_spawn(self, &argdata_true, &process), 0);
    CHECK_INT(t, program_wait(process, &status, &ended_by), 0);
    CHECK_INT(t, ended_by, 0);
    CHECK_INT(t, status, 17);
}

void run_tests(const argdata_t *ad);

void program_main(const argdata_t *ad) {
    bool child;
    if (argdata_get_bool(ad, &child) != 0)
        run_tests(ad);
    atexit(quit);
    first = pthread_self();
    pthread_t thread;
    if (pthread_create(&thread, NULL, outlive, NULL) != 0)
        _Exit(1);
    pthread_exit(NULL);
}

// The tests are the program only where it was not started as the child.
#define program_main run_tests
#define TESTS(X) X(ends_with_the_last_thread)
CHECK_MAIN(TESTS)
