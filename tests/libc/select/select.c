// SPDX-License-Identifier: BSD-2-Clause
// select() and pselect().

#define _GNU_SOURCE
#include <signal.h>
#include <sys/select.h>
#include <time.h>

#include "../files.h"

static void readiness(struct check *t) {
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    int limit = (fds[0] > fds[1] ? fds[0] : fds[1]) + 1;
    fd_set reading, writing, exceptions;
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    FD_ZERO(&exceptions);
    FD_SET(fds[0], &reading);
    FD_SET(fds[0], &exceptions);
    FD_SET(fds[1], &writing);
    CHECK_INT(t, select(limit, &reading, &writing, &exceptions, NULL), 1);
    CHECK(t, !FD_ISSET(fds[0], &reading));
    CHECK(t, FD_ISSET(fds[1], &writing));
    CHECK(t, !FD_ISSET(fds[0], &exceptions));
    CHECK_INT(t, write(fds[1], "x", 1), 1);
    FD_SET(fds[0], &reading);
    FD_CLR(fds[1], &writing);
    CHECK_INT(t, pselect(limit, &reading, NULL, NULL, NULL, NULL), 1);
    CHECK(t, FD_ISSET(fds[0], &reading));
    FD_SET(fds[0], &writing);
    CHECK_INT(t, select(limit, &reading, &writing, NULL, NULL), 2);
    // End of file is something to read.
    char byte;
    CHECK_INT(t, read(fds[0], &byte, 1), 1);
    close(fds[1]);
    CHECK_INT(t, select(limit, &reading, NULL, NULL, NULL), 1);
    close(fds[0]);
}

static void sets(struct check *t) {
    fd_set a, b;
    FD_ZERO(&a);
    FD_SET(0, &a);
    FD_SET(FD_SETSIZE - 1, &a);
    FD_COPY(&a, &b);
    FD_CLR(0, &a);
    CHECK(t, FD_ISSET(0, &b) && FD_ISSET(FD_SETSIZE - 1, &b) && !FD_ISSET(1, &b));
    CHECK(t, !FD_ISSET(0, &a) && FD_ISSET(FD_SETSIZE - 1, &a));
}

static void timeouts(struct check *t) {
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    fd_set reading;
    FD_ZERO(&reading);
    FD_SET(fds[0], &reading);
    struct timeval tv = {0, 30000};
    struct timespec before, after, ts = {0, 1000000000};
    clock_gettime(CLOCK_MONOTONIC, &before);
    CHECK_INT(t, select(fds[0] + 1, &reading, NULL, NULL, &tv), 0);
    clock_gettime(CLOCK_MONOTONIC, &after);
    CHECK(t,
          (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= 30000000);
    CHECK(t, !FD_ISSET(fds[0], &reading));
    CHECK_INT(t, tv.tv_usec, 30000);
    CHECK_INT(t, select(0, NULL, NULL, NULL, &tv), 0);
    tv.tv_usec = -1;
    CHECK_INT(t, ERROR(select(0, NULL, NULL, NULL, &tv)), EINVAL);
    CHECK_INT(t, ERROR(pselect(0, NULL, NULL, NULL, &ts, NULL)), EINVAL);
    close(fds[0]);
    close(fds[1]);
}

static void errors(struct check *t) {
    fd_set reading;
    int fd = closed(check_fd(t, "in"));
    FD_ZERO(&reading);
    FD_SET(fd, &reading);
    CHECK_INT(t, ERROR(select(fd + 1, &reading, NULL, NULL, NULL)), EBADF);
    CHECK(t, FD_ISSET(fd, &reading));
    CHECK_INT(t, ERROR(select(-1, &reading, NULL, NULL, NULL)), EINVAL);
    CHECK_INT(t, ERROR(select(FD_SETSIZE + 1, &reading, NULL, NULL, NULL)), EINVAL);
    sigset_t mask;
    memset(&mask, 0, sizeof(mask));
    CHECK_INT(t, ERROR(pselect(0, NULL, NULL, NULL, NULL, &mask)), ENOTSUP);
}

#define TESTS(X) X(readiness) X(sets) X(timeouts) X(errors)
CHECK_MAIN(TESTS)
