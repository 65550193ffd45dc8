// SPDX-License-Identifier: BSD-2-Clause
// The two requests there are.

#include <sys/ioctl.h>

#include "../files.h"

static void readable(struct check *t) {
    int fds[2], count = -1;
    CHECK_INT(t, pipe(fds), 0);
    CHECK_INT(t, ioctl(fds[0], FIONREAD, &count), 0);
    CHECK_INT(t, count, 0);
    CHECK_INT(t, write(fds[1], "12345", 5), 5);
    CHECK_INT(t, ioctl(fds[0], FIONREAD, &count), 0);
    CHECK_INT(t, count, 5);
    int in = check_fd(t, "in");
    CHECK_INT(t, lseek(in, 4, SEEK_SET), 4);
    CHECK_INT(t, ioctl(in, FIONREAD, &count), 0);
    CHECK_INT(t, count, 30);
    int limited = without(fds[0], CLOUDABI_RIGHT_POLL_FD_READWRITE);
    CHECK_INT(t, ERROR(ioctl(limited, FIONREAD, &count)), ENOTCAPABLE);
    close(limited);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(ioctl(fds[0], FIONREAD, &count)), EBADF);
}

static void nonblock(struct check *t) {
    int fds[2], on = 1, off = 0;
    char byte;
    CHECK_INT(t, pipe(fds), 0);
    CHECK_INT(t, ioctl(fds[0], FIONBIO, &on), 0);
    CHECK_INT(t, fcntl(fds[0], F_GETFL), O_RDWR | O_NONBLOCK);
    CHECK_INT(t, ERROR(read(fds[0], &byte, 1)), EAGAIN);
    CHECK_INT(t, ioctl(fds[0], FIONBIO, &off), 0);
    CHECK_INT(t, fcntl(fds[0], F_GETFL), O_RDWR);
    int limited = without(fds[0], CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS);
    CHECK_INT(t, ERROR(ioctl(limited, FIONBIO, &on)), ENOTCAPABLE);
    close(limited);
    CHECK_INT(t, ERROR(ioctl(fds[0], 0x5413, &on)), ENOTTY);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(ioctl(fds[0], FIONBIO, &on)), EBADF);
}

#define TESTS(X) X(readable) X(nonblock)
CHECK_MAIN(TESTS)
