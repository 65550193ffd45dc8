// SPDX-License-Identifier: BSD-2-Clause
// fcntl() and the two advices.

#include "../files.h"

static void descriptor_flags(struct check *t) {
    int in = check_fd(t, "in");
    CHECK_INT(t, fcntl(in, F_GETFD), FD_CLOEXEC);
    CHECK_INT(t, fcntl(in, F_SETFD, 0), 0);
    CHECK_INT(t, fcntl(in, F_GETFD), FD_CLOEXEC);
    CHECK_INT(t, ERROR(fcntl(closed(in), F_GETFD)), EBADF);
    CHECK_INT(t, ERROR(fcntl(-1, F_SETFD, 0)), EBADF);
    CHECK_INT(t, ERROR(fcntl(in, 99)), EINVAL);
}

static void status_flags(struct check *t) {
    int dir = check_fd(t, "dir");
    int fd = openat(dir, "flags", O_RDWR | O_CREAT);
    CHECK_INT(t, fcntl(fd, F_GETFL), O_RDWR);
    CHECK_INT(t, fcntl(fd, F_SETFL, O_APPEND), 0);
    CHECK_INT(t, fcntl(fd, F_GETFL), O_RDWR | O_APPEND);
    CHECK_INT(t, fcntl(fd, F_SETFL, O_RDWR), 0);
    CHECK_INT(t, fcntl(fd, F_GETFL), O_RDWR);
    int limited = without(fd, CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS);
    CHECK_INT(t, ERROR(fcntl(limited, F_SETFL, O_APPEND)), ENOTCAPABLE);
    close(limited);
    close(fd);
    fd = openat(dir, "flags", O_WRONLY);
    CHECK_INT(t, fcntl(fd, F_GETFL), O_WRONLY);
    close(fd);
    fd = openat(dir, "flags", O_RDONLY);
    CHECK_INT(t, fcntl(fd, F_GETFL), O_RDONLY);
    close(fd);
    fd = openat(dir, ".", O_SEARCH);
    CHECK_INT(t, fcntl(fd, F_GETFL), O_SEARCH);
    close(fd);
    CHECK_INT(t, fcntl(check_fd(t, "in"), F_GETFL) & O_ACCMODE, O_RDONLY);
}

static void advice(struct check *t) {
    int in = check_fd(t, "in");
    CHECK_INT(t, posix_fadvise(in, 0, 0, POSIX_FADV_NORMAL), 0);
    CHECK_INT(t, posix_fadvise(in, 0, 10, POSIX_FADV_SEQUENTIAL), 0);
    CHECK_INT(t, posix_fadvise(in, 0, 10, POSIX_FADV_RANDOM), 0);
    CHECK_INT(t, posix_fadvise(in, 0, 10, POSIX_FADV_WILLNEED), 0);
    CHECK_INT(t, posix_fadvise(in, 0, 10, POSIX_FADV_DONTNEED), 0);
    CHECK_INT(t, posix_fadvise(in, 0, 10, POSIX_FADV_NOREUSE), 0);
    CHECK_INT(t, posix_fadvise(in, 0, 10, 99), EINVAL);
    CHECK_INT(t, posix_fadvise(in, -1, 10, POSIX_FADV_NORMAL), EINVAL);
    CHECK_INT(t, posix_fadvise(closed(in), 0, 0, POSIX_FADV_NORMAL), EBADF);
    int limited = without(in, CLOUDABI_RIGHT_FILE_ADVISE);
    CHECK_INT(t, posix_fadvise(limited, 0, 0, POSIX_FADV_NORMAL), ENOTCAPABLE);
    close(limited);
}

static void allocation(struct check *t) {
    int fd = openat(check_fd(t, "dir"), "allocated", O_RDWR | O_CREAT);
    CHECK_INT(t, posix_fallocate(fd, 0, 1000), 0);
    CHECK_INT(t, lseek(fd, 0, SEEK_END), 1000);
    CHECK_INT(t, posix_fallocate(fd, 0, 10), 0);
    CHECK_INT(t, lseek(fd, 0, SEEK_END), 1000);
    CHECK_INT(t, posix_fallocate(fd, 0, 0), EINVAL);
    CHECK_INT(t, posix_fallocate(fd, -1, 10), EINVAL);
    CHECK_INT(t, posix_fallocate(check_fd(t, "in"), 0, 10), ENOTCAPABLE);
    close(fd);
    CHECK_INT(t, posix_fallocate(fd, 0, 10), EBADF);
}

#define TESTS(X) X(descriptor_flags) X(status_flags) X(advice) X(allocation)
CHECK_MAIN(TESTS)
