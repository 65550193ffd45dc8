// SPDX-License-Identifier: BSD-2-Clause
// poll() and ppoll().

#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

#include "../files.h"

static void readiness(struct check *t) {
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    struct pollfd p[3] = {{fds[0], POLLIN, 0}, {fds[1], POLLIN | POLLOUT, 0}, {-1, POLLIN, 7}};
    CHECK_INT(t, poll(p, 3, 0), 1);
    CHECK_INT(t, p[0].revents, 0);
    CHECK_INT(t, p[1].revents, POLLOUT);
    CHECK_INT(t, p[2].revents, 0);
    CHECK_INT(t, write(fds[1], "x", 1), 1);
    CHECK_INT(t, poll(p, 3, -1), 2);
    CHECK_INT(t, p[0].revents, POLLIN);
    p[0].events = POLLRDNORM;
    p[1].events = POLLWRNORM;
    CHECK_INT(t, poll(p, 2, 1000), 2);
    CHECK_INT(t, p[0].revents, POLLRDNORM);
    CHECK_INT(t, p[1].revents, POLLWRNORM);
    char byte;
    CHECK_INT(t, read(fds[0], &byte, 1), 1);
    close(fds[1]);
    p[0].events = POLLIN | POLLOUT;
    CHECK_INT(t, poll(p, 1, -1), 1);
    CHECK(t, p[0].revents & POLLHUP);
    CHECK(t, !(p[0].revents & POLLOUT));
    close(fds[0]);
    p[0].fd = check_fd(t, "in");
    p[0].events = POLLIN;
    CHECK_INT(t, poll(p, 1, -1), 1);
    CHECK_INT(t, p[0].revents, POLLIN);
}

static long elapsed(const struct timespec *from) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000;
}

static void timeouts(struct check *t) {
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    struct pollfd p = {fds[0], POLLIN, 0};
    struct timespec start, wait = {0, 30000000};
    clock_gettime(CLOCK_MONOTONIC, &start);
    CHECK_INT(t, poll(&p, 1, 30), 0);
    CHECK(t, elapsed(&start) >= 30);
    clock_gettime(CLOCK_MONOTONIC, &start);
    CHECK_INT(t, ppoll(&p, 1, &wait, NULL), 0);
    CHECK(t, elapsed(&start) >= 30);
    clock_gettime(CLOCK_MONOTONIC, &start);
    CHECK_INT(t, poll(NULL, 0, 30), 0);
    CHECK(t, elapsed(&start) >= 30);
    wait.tv_nsec = 1000000000;
    CHECK_INT(t, ERROR(ppoll(&p, 1, &wait, NULL)), EINVAL);
    wait.tv_nsec = -1;
    CHECK_INT(t, ERROR(ppoll(&p, 1, &wait, NULL)), EINVAL);
    close(fds[0]);
    close(fds[1]);
}

static void many(struct check *t) {
    enum { pairs = 40 };
    int fds[pairs][2];
    struct pollfd p[pairs];
    for (int i = 0; i < pairs; ++i) {
        CHECK_INT(t, pipe(fds[i]), 0);
        p[i] = (struct pollfd){fds[i][0], POLLIN, 0};
    }
    CHECK_INT(t, write(fds[7][1], "x", 1), 1);
    CHECK_INT(t, write(fds[33][1], "x", 1), 1);
    CHECK_INT(t, poll(p, pairs, -1), 2);
    for (int i = 0; i < pairs; ++i) {
        CHECK_INT(t, p[i].revents, i == 7 || i == 33 ? POLLIN : 0);
        close(fds[i][0]);
        close(fds[i][1]);
    }
}

static void errors(struct check *t) {
    int in = check_fd(t, "in");
    struct pollfd p[2] = {{closed(in), POLLIN, 0}, {in, POLLIN, 0}};
    CHECK(t, poll(p, 2, 0) >= 1);
    CHECK_INT(t, p[0].revents, POLLNVAL);
    int limited = without(in, CLOUDABI_RIGHT_POLL_FD_READWRITE);
    p[0].fd = limited;
    CHECK_INT(t, poll(p, 1, -1), 1);
    CHECK_INT(t, p[0].revents, POLLERR);
    close(limited);
    p[0] = (struct pollfd){in, 0, 0};
    CHECK_INT(t, ERROR(poll(p, 1, 0)), ENOTSUP);
    sigset_t mask;
    memset(&mask, 0, sizeof(mask));
    CHECK_INT(t, ERROR(ppoll(p, 0, NULL, &mask)), ENOTSUP);
}

#define TESTS(X) X(readiness) X(timeouts) X(many) X(errors)
CHECK_MAIN(TESTS)
