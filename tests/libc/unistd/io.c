// SPDX-License-Identifier: BSD-2-Clause
// Reading, writing, seeking, with and without offsets, and vectors.

#include <sys/uio.h>

#include "../files.h"

static void read_write(struct check *t) {
    int fd = openat(check_fd(t, "dir"), "file", O_RDWR | O_CREAT);
    char data[16] = "";
    CHECK_INT(t, write(fd, "abcdef", 6), 6);
    CHECK_INT(t, lseek(fd, 0, SEEK_CUR), 6);
    CHECK_INT(t, read(fd, data, 4), 0);
    CHECK_INT(t, lseek(fd, 2, SEEK_SET), 2);
    CHECK_INT(t, read(fd, data, sizeof(data)), 4);
    CHECK(t, memcmp(data, "cdef", 4) == 0);
    CHECK_INT(t, lseek(fd, -1, SEEK_END), 5);
    CHECK_INT(t, lseek(fd, -2, SEEK_CUR), 3);
    CHECK_INT(t, ERROR(lseek(fd, -4, SEEK_CUR)), EINVAL);
    CHECK_INT(t, ERROR(lseek(fd, 0, 9)), EINVAL);
    CHECK_INT(t, ERROR(lseek(fd, 0, -1)), EINVAL);
    close(fd);
    CHECK_INT(t, ERROR(read(fd, data, 1)), EBADF);
    CHECK_INT(t, ERROR(write(fd, data, 1)), EBADF);
    CHECK_INT(t, ERROR(lseek(fd, 0, SEEK_SET)), EBADF);
    CHECK_INT(t, ERROR(close(fd)), EBADF);
}

static void positioned(struct check *t) {
    int fd = openat(check_fd(t, "dir"), "positioned", O_RDWR | O_CREAT);
    char data[16] = "";
    CHECK_INT(t, pwrite(fd, "0123456789", 10, 0), 10);
    CHECK_INT(t, lseek(fd, 0, SEEK_CUR), 0);
    CHECK_INT(t, pread(fd, data, 3, 4), 3);
    CHECK(t, memcmp(data, "456", 3) == 0);
    CHECK_INT(t, pread(fd, data, 3, 100), 0);
    CHECK_INT(t, pwrite(fd, "x", 1, 5), 1);
    CHECK_INT(t, ERROR(pread(fd, data, 1, -1)), EINVAL);
    CHECK_INT(t, ERROR(pwrite(fd, data, 1, -1)), EINVAL);
    int limited = without(fd, CLOUDABI_RIGHT_FD_SEEK);
    CHECK_INT(t, ERROR(pread(limited, data, 1, 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(lseek(limited, 1, SEEK_SET)), ENOTCAPABLE);
    CHECK_INT(t, lseek(limited, 0, SEEK_CUR), 0);
    close(limited);
    close(fd);
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    CHECK(t, ERROR(pread(fds[0], data, 1, 0)) != 0);
    CHECK(t, ERROR(lseek(fds[0], 0, SEEK_CUR)) != 0);
    close(fds[0]);
    close(fds[1]);
}

static void vectors(struct check *t) {
    int fd = openat(check_fd(t, "dir"), "vectors", O_RDWR | O_CREAT);
    char a[4] = "", b[4] = "";
    struct iovec out[2] = {{"abc", 3}, {"def", 3}};
    struct iovec in[2] = {{a, 2}, {b, 3}};
    CHECK_INT(t, writev(fd, out, 2), 6);
    CHECK_INT(t, lseek(fd, 0, SEEK_SET), 0);
    CHECK_INT(t, readv(fd, in, 2), 5);
    CHECK_STR(t, a, "ab");
    CHECK_STR(t, b, "cde");
    CHECK_INT(t, pwritev(fd, out, 2, 3), 6);
    CHECK_INT(t, preadv(fd, in, 2, 4), 5);
    CHECK_STR(t, a, "bc");
    CHECK_STR(t, b, "def");
    CHECK_INT(t, ERROR(readv(fd, in, 0)), EINVAL);
    CHECK_INT(t, ERROR(writev(fd, out, -1)), EINVAL);
    CHECK_INT(t, ERROR(writev(fd, out, 1 << 20)), EINVAL);
    CHECK_INT(t, ERROR(preadv(fd, in, 2, -1)), EINVAL);
    CHECK_INT(t, ERROR(pwritev(fd, out, 0, 0)), EINVAL);
    close(fd);
    CHECK_INT(t, ERROR(readv(fd, in, 2)), EBADF);
    CHECK_INT(t, ERROR(writev(fd, out, 2)), EBADF);
    CHECK_INT(t, ERROR(preadv(fd, in, 2, 0)), EBADF);
    CHECK_INT(t, ERROR(pwritev(fd, out, 2, 0)), EBADF);
}

static void size_and_sync(struct check *t) {
    int fd = openat(check_fd(t, "dir"), "sized", O_RDWR | O_CREAT);
    CHECK_INT(t, ftruncate(fd, 100), 0);
    CHECK_INT(t, lseek(fd, 0, SEEK_END), 100);
    CHECK_INT(t, ftruncate(fd, 10), 0);
    CHECK_INT(t, lseek(fd, 0, SEEK_END), 10);
    CHECK_INT(t, ERROR(ftruncate(fd, -1)), EINVAL);
    CHECK_INT(t, fsync(fd), 0);
    CHECK_INT(t, fdatasync(fd), 0);
    int limited = without(fd, CLOUDABI_RIGHT_FD_SYNC | CLOUDABI_RIGHT_FD_DATASYNC |
                                  CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE);
    CHECK_INT(t, ERROR(fsync(limited)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(fdatasync(limited)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(ftruncate(limited, 1)), ENOTCAPABLE);
    close(limited);
    close(fd);
    CHECK_INT(t, ERROR(fsync(fd)), EBADF);
    CHECK_INT(t, ERROR(fdatasync(fd)), EBADF);
    CHECK_INT(t, ERROR(ftruncate(fd, 0)), EBADF);
}

#define TESTS(X) X(read_write) X(positioned) X(vectors) X(size_and_sync)
CHECK_MAIN(TESTS)
