// SPDX-License-Identifier: BSD-2-Clause
// Copies of descriptors, pipes, and what is asked about them.

#define _GNU_SOURCE
#include <limits.h>
#include <sys/select.h>

#include "../files.h"

static void copies(struct check *t) {
    int in = check_fd(t, "in");
    int fd = dup(in);
    CHECK(t, fd >= 0 && fd != in);
    CHECK_INT(t, lseek(in, 3, SEEK_SET), 3);
    CHECK_INT(t, lseek(fd, 0, SEEK_CUR), 3);
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    CHECK_INT(t, dup2(in, fds[0]), fds[0]);
    CHECK_INT(t, lseek(fds[0], 0, SEEK_CUR), 3);
    CHECK_INT(t, dup3(in, fds[1], O_CLOEXEC), fds[1]);
    CHECK_INT(t, lseek(fds[1], 0, SEEK_CUR), 3);
    CHECK_INT(t, lseek(in, 0, SEEK_SET), 0);
    CHECK_INT(t, dup2(in, in), in);
    CHECK_INT(t, ERROR(dup3(in, in, 0)), EINVAL);
    CHECK_INT(t, ERROR(dup3(in, fd, 0x1000)), EINVAL);
    close(fds[0]);
    close(fds[1]);
    close(fd);
    CHECK_INT(t, ERROR(dup(fd)), EBADF);
    CHECK_INT(t, ERROR(dup2(in, fd)), EBADF);
    CHECK_INT(t, ERROR(dup2(fd, in)), EBADF);
    CHECK_INT(t, ERROR(dup2(fd, fd)), EBADF);
    CHECK_INT(t, ERROR(dup2(in, -1)), EBADF);
}

static void pipes(struct check *t) {
    int fds[2];
    char data[8] = "";
    CHECK_INT(t, pipe(fds), 0);
    CHECK_INT(t, write(fds[1], "ab", 2), 2);
    CHECK_INT(t, read(fds[0], data, sizeof(data)), 2);
    CHECK_STR(t, data, "ab");
    CHECK_INT(t, close(fds[1]), 0);
    CHECK_INT(t, read(fds[0], data, sizeof(data)), 0);
    CHECK_INT(t, ERROR(write(fds[0], "x", 1)), EPIPE);
    close(fds[0]);
    CHECK_INT(t, pipe2(fds, O_NONBLOCK | O_CLOEXEC), 0);
    CHECK_INT(t, fcntl(fds[0], F_GETFL), O_RDWR | O_NONBLOCK);
    CHECK_INT(t, ERROR(read(fds[0], data, 1)), EAGAIN);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(pipe2(fds, O_APPEND)), EINVAL);
}

static void questions(struct check *t) {
    int in = check_fd(t, "in");
    errno = 0;
    CHECK_INT(t, isatty(in), 0);
    CHECK_INT(t, errno, ENOTTY);
    CHECK_INT(t, isatty(closed(in)), 0);
    CHECK_INT(t, errno, EBADF);
    CHECK_INT(t, fpathconf(in, _PC_NAME_MAX), NAME_MAX);
    CHECK_INT(t, fpathconf(in, _PC_PATH_MAX), PATH_MAX);
    errno = 0;
    CHECK_INT(t, fpathconf(in, _PC_LINK_MAX), -1);
    CHECK_INT(t, errno, 0);
    CHECK_INT(t, ERROR(fpathconf(in, 999)), EINVAL);
    CHECK_INT(t, ERROR(fpathconf(closed(in), _PC_NAME_MAX)), EBADF);
    CHECK_INT(t, getdtablesize(), FD_SETSIZE);
}

static void swapping(struct check *t) {
    char data[5] = "";
    swab("abcd", data, 4);
    CHECK_STR(t, data, "badc");
}

#define TESTS(X) X(copies) X(pipes) X(questions) X(swapping)
CHECK_MAIN(TESTS)
