// SPDX-License-Identifier: BSD-2-Clause
// Clocks and sleeping.

#define _GNU_SOURCE
#include <errno.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static long long nanoseconds(clockid_t clock) {
    struct timespec time = {0};
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void reading(struct check *t) {
    static const clockid_t clocks[] = {CLOCK_MONOTONIC, CLOCK_REALTIME, CLOCK_PROCESS_CPUTIME_ID,
                                       CLOCK_THREAD_CPUTIME_ID};
    for (int i = 0; i < 4; ++i) {
        struct timespec time = {-1, -1};
        CHECK_INT(t, clock_gettime(clocks[i], &time), 0);
        CHECK(t, time.tv_nsec >= 0 && time.tv_nsec < 1000000000);
        CHECK_INT(t, clock_getres(clocks[i], &time), 0);
        CHECK(t, time.tv_sec > 0 || time.tv_nsec > 0);
        CHECK_INT(t, clock_getres(clocks[i], NULL), 0);
    }
    struct timespec time;
    CHECK_INT(t, clock_gettime(99, &time), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, clock_getres(0, &time), -1);
    CHECK_INT(t, errno, EINVAL);
}

static void agreement(struct check *t) {
    time_t stored = 0, now = time(&stored);
    struct timeval microseconds;
    CHECK_INT(t, stored, now);
    CHECK(t, now > 1700000000);
    CHECK_INT(t, gettimeofday(&microseconds, NULL), 0);
    CHECK(t, microseconds.tv_sec >= now && microseconds.tv_sec <= now + 5);
    CHECK(t, microseconds.tv_usec >= 0 && microseconds.tv_usec < 1000000);
    struct timespec standard;
    CHECK_INT(t, timespec_get(&standard, TIME_UTC), TIME_UTC);
    CHECK(t, standard.tv_sec >= now && standard.tv_sec <= now + 5);
    CHECK_INT(t, timespec_get(&standard, TIME_UTC + 1), 0);
}

static void sleeping(struct check *t) {
    long long start = nanoseconds(CLOCK_MONOTONIC);
    struct timespec wait = {.tv_nsec = 20000000};
    CHECK_INT(t, nanosleep(&wait, NULL), 0);
    CHECK(t, nanoseconds(CLOCK_MONOTONIC) - start >= 20000000);
    CHECK_INT(t, clock_nanosleep(CLOCK_REALTIME, 0, &wait, NULL), 0);
    CHECK(t, nanoseconds(CLOCK_MONOTONIC) - start >= 40000000);
    CHECK_INT(t, usleep(20000), 0);
    CHECK(t, nanoseconds(CLOCK_MONOTONIC) - start >= 60000000);
    CHECK_INT(t, sleep(0), 0);

    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    CHECK_INT(t, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL), 0);
    until.tv_sec = -5; // before all time
    CHECK_INT(t, clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL), 0);
}

static void impossible_sleep(struct check *t) {
    CHECK_INT(t, nanosleep(&(struct timespec){.tv_nsec = 1000000000}, NULL), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, nanosleep(&(struct timespec){.tv_sec = -1}, NULL), -1);
    CHECK_INT(t, errno, EINVAL);
    struct timespec zero = {0};
    CHECK_INT(t, clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &zero, NULL), EINVAL);
    CHECK_INT(t, clock_nanosleep(CLOCK_PROCESS_CPUTIME_ID, 0, &zero, NULL), ENOTSUP);
}

static void use_of_the_processor(struct check *t) {
    struct tms before, after;
    struct rusage use;
    CHECK(t, times(&before) != -1);
    clock_t start = clock();
    CHECK(t, start != -1);
    while (clock() < start + CLOCKS_PER_SEC / 20)
        ;
    CHECK(t, times(&after) != -1);
    long tick = sysconf(_SC_CLK_TCK);
    CHECK(t, after.tms_utime - before.tms_utime >= tick / 20 - 1);
    CHECK_INT(t, getrusage(RUSAGE_SELF, &use), 0);
    CHECK(t, use.ru_utime.tv_sec > 0 || use.ru_utime.tv_usec >= 49000);
    CHECK_INT(t, getrusage(RUSAGE_THREAD, &use), 0);
    CHECK_INT(t, getrusage(-1, &use), -1);
    CHECK_INT(t, errno, EINVAL);
}

#define TESTS(X)                                                                                   \
    X(reading)                                                                                     \
    X(agreement)                                                                                   \
    X(sleeping)                                                                                    \
    X(impossible_sleep)                                                                            \
    X(use_of_the_processor)
CHECK_MAIN(TESTS)
