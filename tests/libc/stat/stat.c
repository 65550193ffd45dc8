// SPDX-License-Identifier: BSD-2-Clause
// Attributes, times and directories.

#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/stat.h>

#include "../files.h"

static void types(struct check *t) {
    int dir = check_fd(t, "dir"), in = check_fd(t, "in");
    struct stat st;
    CHECK_INT(t, fstat(dir, &st), 0);
    CHECK_INT(t, st.st_mode, S_IFDIR);
    CHECK_INT(t, fstat(in, &st), 0);
    CHECK_INT(t, st.st_mode, S_IFREG);
    CHECK_INT(t, st.st_size, 34);
    CHECK_INT(t, st.st_nlink, 1);
    CHECK(t, st.st_mtim.tv_sec > 1600000000 && st.st_mtim.tv_nsec < 1000000000);
    int fds[2];
    CHECK_INT(t, pipe(fds), 0);
    CHECK_INT(t, fstat(fds[0], &st), 0);
    CHECK(t, S_ISSOCK(st.st_mode));
    close(fds[0]);
    close(fds[1]);
    FILE *f = tmpfile();
    CHECK_INT(t, fstat(fileno(f), &st), 0);
    CHECK(t, S_TYPEISSHM(&st) && !S_ISREG(st.st_mode));
    CHECK(t, !S_TYPEISMQ(&st) && !S_TYPEISSEM(&st));
    fclose(f);
    CHECK_INT(t, ERROR(fstat(closed(in), &st)), EBADF);
    int limited = without(in, CLOUDABI_RIGHT_FILE_STAT_FGET);
    CHECK_INT(t, ERROR(fstat(limited, &st)), ENOTCAPABLE);
    close(limited);
}

static void by_name(struct check *t) {
    int dir = check_fd(t, "dir");
    struct stat st;
    make_file(t, dir, "file", "12345");
    CHECK_INT(t, symlinkat("file", dir, "link"), 0);
    CHECK_INT(t, fstatat(dir, "link", &st, 0), 0);
    CHECK(t, S_ISREG(st.st_mode) && st.st_size == 5);
    CHECK_INT(t, fstatat(dir, "link", &st, AT_SYMLINK_NOFOLLOW), 0);
    CHECK(t, S_ISLNK(st.st_mode) && st.st_size == 4);
    CHECK_INT(t, ERROR(fstatat(dir, "none", &st, 0)), ENOENT);
    CHECK_INT(t, ERROR(fstatat(dir, "", &st, 0)), ENOENT);
    CHECK_INT(t, ERROR(fstatat(dir, "..", &st, 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(fstatat(dir, "/", &st, 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(fstatat(dir, "file", &st, 0x8000)), EINVAL);
    CHECK_INT(t, ERROR(fstatat(check_fd(t, "in"), "x", &st, 0)), ENOTDIR);
    CHECK_INT(t, ERROR(fstatat(-1, "x", &st, 0)), EBADF);
    int limited = without(dir, CLOUDABI_RIGHT_FILE_STAT_GET);
    CHECK_INT(t, ERROR(fstatat(limited, "file", &st, 0)), ENOTCAPABLE);
    close(limited);
}

static void directories(struct check *t) {
    int dir = check_fd(t, "dir");
    struct stat st;
    CHECK_INT(t, mkdirat(dir, "sub", 0700), 0);
    CHECK_INT(t, fstatat(dir, "sub", &st, 0), 0);
    CHECK(t, S_ISDIR(st.st_mode));
    CHECK_INT(t, ERROR(mkdirat(dir, "sub", 0)), EEXIST);
    CHECK_INT(t, ERROR(mkdirat(dir, "none/sub", 0)), ENOENT);
    CHECK_INT(t, ERROR(mkdirat(dir, "../sub", 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(mkdirat(dir, "/sub", 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(mkdirat(check_fd(t, "in"), "sub", 0)), ENOTDIR);
    int limited = without(dir, CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY);
    CHECK_INT(t, ERROR(mkdirat(limited, "other", 0)), ENOTCAPABLE);
    close(limited);
    CHECK_INT(t, ERROR(mkdirat(limited, "other", 0)), EBADF);
}

static void times(struct check *t) {
    int dir = check_fd(t, "dir");
    struct stat st;
    int fd = openat(dir, "times", O_RDWR | O_CREAT);
    struct timespec ts[2] = {{100, 5}, {200, 7}};
    CHECK_INT(t, futimens(fd, ts), 0);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK_INT(t, st.st_atim.tv_sec, 100);
    CHECK_INT(t, st.st_atim.tv_nsec, 5);
    CHECK_INT(t, st.st_mtim.tv_sec, 200);
    CHECK_INT(t, st.st_mtim.tv_nsec, 7);
    ts[0].tv_nsec = UTIME_OMIT;
    ts[1] = (struct timespec){300, 0};
    CHECK_INT(t, utimensat(dir, "times", ts, 0), 0);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK_INT(t, st.st_atim.tv_sec, 100);
    CHECK_INT(t, st.st_mtim.tv_sec, 300);
    ts[1].tv_nsec = UTIME_NOW;
    CHECK_INT(t, futimens(fd, ts), 0);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK_INT(t, st.st_atim.tv_sec, 100);
    CHECK(t, st.st_mtim.tv_sec > 1600000000);
    CHECK_INT(t, utimensat(dir, "times", NULL, AT_SYMLINK_NOFOLLOW), 0);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK(t, st.st_atim.tv_sec > 1600000000);
    ts[0].tv_nsec = ts[1].tv_nsec = UTIME_OMIT;
    CHECK_INT(t, futimens(fd, ts), 0);
    CHECK_INT(t, ERROR(futimens(closed(fd), ts)), EBADF);
    ts[0] = (struct timespec){0, 1000000000};
    CHECK_INT(t, ERROR(futimens(fd, ts)), EINVAL);
    ts[0] = (struct timespec){-1, 0};
    CHECK_INT(t, ERROR(utimensat(dir, "times", ts, 0)), EINVAL);
    CHECK_INT(t, ERROR(utimensat(dir, "none", NULL, 0)), ENOENT);
    CHECK_INT(t, ERROR(utimensat(dir, "../x", NULL, 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(utimensat(dir, "times", NULL, 0x8000)), EINVAL);
    CHECK_INT(t, ERROR(utimensat(fd, "x", NULL, 0)), ENOTDIR);
    int limited = without(fd, CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES);
    CHECK_INT(t, ERROR(futimens(limited, NULL)), ENOTCAPABLE);
    close(limited);
    close(fd);
}

#define TESTS(X) X(types) X(by_name) X(directories) X(times)
CHECK_MAIN(TESTS)
