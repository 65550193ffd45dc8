// SPDX-License-Identifier: BSD-2-Clause
// Constants of clocks, and the arithmetic of times that is made of macros.

#define _GNU_SOURCE
#include <errno.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "../files.h"
#include "families.h"

static const struct named clocks[] = {NAMED(CLOCK_REALTIME), NAMED(CLOCK_MONOTONIC),
                                      NAMED(CLOCK_PROCESS_CPUTIME_ID),
                                      NAMED(CLOCK_THREAD_CPUTIME_ID)};

static void each_clock_answers(struct check *t) {
    CHECK_DISTINCT(t, clocks);
    for (size_t i = 0; i < COUNT(clocks); ++i) {
        struct timespec time, unit;
        check_context(t, clocks[i].name);
        CHECK_INT(t, clock_gettime((clockid_t)clocks[i].value, &time), 0);
        CHECK_INT(t, clock_getres((clockid_t)clocks[i].value, &unit), 0);
        CHECK(t, unit.tv_sec == 0 && unit.tv_nsec > 0);
    }
    struct timespec time;
    CHECK_INT(t, ERROR(clock_gettime(99, &time)), EINVAL);
}

// A point in time that has passed is not waited for; a stretch is.
static void points_and_stretches(struct check *t) {
    struct timespec start, end, wait = {0, 20000000};
    CHECK(t, TIMER_ABSTIME != 0);
    CHECK_INT(t, clock_gettime(CLOCK_MONOTONIC, &start), 0);
    CHECK_INT(t, clock_nanosleep(CLOCK_MONOTONIC, 0, &wait, NULL), 0);
    CHECK_INT(t, clock_gettime(CLOCK_MONOTONIC, &end), 0);
    CHECK(t, (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec >= 20000000);
    CHECK_INT(t, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &start, NULL), 0);
}

static void units(struct check *t) {
    struct timespec now, utc;
    CHECK_INT(t, CLOCKS_PER_SEC, 1000000);
    CHECK_INT(t, timespec_get(&utc, TIME_UTC), TIME_UTC);
    CHECK_INT(t, clock_gettime(CLOCK_REALTIME, &now), 0);
    CHECK(t, now.tv_sec - utc.tv_sec >= 0 && now.tv_sec - utc.tv_sec < 60);
}

static void use_of_time(struct check *t) {
    struct rusage process, thread;
    CHECK(t, RUSAGE_SELF != RUSAGE_THREAD);
    CHECK_INT(t, getrusage(RUSAGE_SELF, &process), 0);
    CHECK_INT(t, getrusage(RUSAGE_THREAD, &thread), 0);
    CHECK_INT(t, ERROR(getrusage(99, &process)), EINVAL);
}

static void arithmetic(struct check *t) {
    struct timeval a = {1, 600000}, b = {2, 700000}, sum, zero;
    struct timespec nano;
    timeradd(&a, &b, &sum);
    CHECK(t, sum.tv_sec == 4 && sum.tv_usec == 300000);
    timersub(&sum, &b, &sum);
    CHECK(t, sum.tv_sec == 1 && sum.tv_usec == 600000);
    CHECK(t, timercmp(&a, &b, <) && !timercmp(&a, &sum, !=));
    timerclear(&zero);
    CHECK(t, !timerisset(&zero) && timerisset(&a));
    TIMEVAL_TO_TIMESPEC(&a, &nano);
    CHECK(t, nano.tv_sec == 1 && nano.tv_nsec == 600000000);
    TIMESPEC_TO_TIMEVAL(&b, &nano);
    CHECK(t, !timercmp(&a, &b, !=));
}

#define TESTS(X) X(each_clock_answers) X(points_and_stretches) X(units) X(use_of_time) X(arithmetic)
CHECK_MAIN(TESTS)
