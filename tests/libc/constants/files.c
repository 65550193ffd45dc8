// SPDX-License-Identifier: BSD-2-Clause
// Flags of files: that they can be told apart, and that each does what it says.

#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "../files.h"
#include "families.h"

static void flags_can_be_combined(struct check *t) {
    static const struct named status[] = {
        NAMED(O_RDONLY), NAMED(O_WRONLY),    NAMED(O_SEARCH),   NAMED(O_EXEC),     NAMED(O_APPEND),
        NAMED(O_DSYNC),  NAMED(O_RSYNC),     NAMED(O_SYNC),     NAMED(O_CREAT),    NAMED(O_EXCL),
        NAMED(O_TRUNC),  NAMED(O_DIRECTORY), NAMED(O_NOFOLLOW), NAMED(O_NONBLOCK),
    };
    CHECK_DISJOINT(t, status);
    CHECK_INT(t, O_RDWR & O_ACCMODE, O_RDONLY | O_WRONLY);
    CHECK_INT(t, (O_SEARCH | O_EXEC | O_RDONLY | O_WRONLY) & ~O_ACCMODE, 0);
    CHECK_INT(t, (O_APPEND | O_CREAT | O_NONBLOCK | O_SYNC | O_TRUNC | O_EXCL) & O_ACCMODE, 0);
    // These have no meaning here, and do no harm.
    CHECK_INT(t, O_CLOEXEC | O_NOCTTY | O_TTY_INIT, 0);
    static const struct named old_names[] = {NAMED(FAPPEND), NAMED(FFSYNC), NAMED(FNONBLOCK)};
    CHECK_DISJOINT(t, old_names);
    CHECK_INT(t, FAPPEND | FFSYNC | FNONBLOCK, O_APPEND | O_SYNC | O_NONBLOCK);
    static const struct named commands[] = {NAMED(F_GETFD), NAMED(F_SETFD), NAMED(F_GETFL),
                                            NAMED(F_SETFL)};
    CHECK_DISTINCT(t, commands);
}

static void status_is_told(struct check *t) {
    static const struct named flags[] = {NAMED(O_APPEND), NAMED(O_NONBLOCK), NAMED(O_SYNC)};
    static const int modes[] = {O_RDONLY, O_WRONLY, O_RDWR};
    int dir = check_fd(t, "dir");
    make_file(t, dir, "file", "text");
    for (size_t i = 0; i < COUNT(modes); ++i)
        for (size_t j = 0; j < COUNT(flags); ++j) {
            check_context(t, flags[j].name);
            int fd = openat(dir, "file", modes[i] | (int)flags[j].value);
            CHECK_REQUIRE(t, fd >= 0);
            // A system whose O_SYNC covers reading as well tells of both.
            int also = flags[j].value == O_SYNC ? O_RSYNC : 0;
            CHECK_INT(t, fcntl(fd, F_GETFL) & ~also, modes[i] | (int)flags[j].value);
            CHECK_INT(t, fcntl(fd, F_GETFD), FD_CLOEXEC);
            CHECK_INT(t, fcntl(fd, F_SETFD, 0), 0);
            CHECK_INT(t, close(fd), 0);
        }
}

static void opening(struct check *t) {
    int dir = check_fd(t, "dir"), fd;
    struct stat file;
    make_file(t, dir, "file", "text");
    CHECK_INT(t, symlinkat("file", dir, "link"), 0);
    CHECK_INT(t, ERROR(openat(dir, "none", O_RDONLY)), ENOENT);
    CHECK_INT(t, ERROR(openat(dir, "file", O_WRONLY | O_CREAT | O_EXCL)), EEXIST);
    CHECK_INT(t, ERROR(openat(dir, "file", O_RDONLY | O_DIRECTORY)), ENOTDIR);
    CHECK_INT(t, ERROR(openat(dir, "link", O_RDONLY | O_NOFOLLOW)), ELOOP);
    CHECK_REQUIRE(t, (fd = openat(dir, "file", O_WRONLY | O_TRUNC)) >= 0);
    CHECK_INT(t, fstat(fd, &file), 0);
    CHECK_INT(t, file.st_size, 0);
    CHECK_INT(t, close(fd), 0);
    CHECK_REQUIRE(t, (fd = openat(dir, ".", O_SEARCH | O_DIRECTORY)) >= 0);
    CHECK_INT(t, fstatat(fd, "file", &file, 0), 0);
    CHECK_INT(t, close(fd), 0);
    CHECK_INT(t, unlinkat(dir, "link", 0), 0);
}

static void places(struct check *t) {
    static const struct named from[] = {NAMED(SEEK_SET), NAMED(SEEK_CUR), NAMED(SEEK_END)};
    CHECK_DISTINCT(t, from);
    CHECK(t, L_SET == SEEK_SET && L_INCR == SEEK_CUR && L_XTND == SEEK_END);
    int dir = check_fd(t, "dir");
    make_file(t, dir, "file", "0123456789");
    int fd = openat(dir, "file", O_RDONLY);
    CHECK_INT(t, lseek(fd, 4, SEEK_SET), 4);
    CHECK_INT(t, lseek(fd, 3, SEEK_CUR), 7);
    CHECK_INT(t, lseek(fd, -1, SEEK_END), 9);
    CHECK_INT(t, close(fd), 0);
}

static void flags_of_paths(struct check *t) {
    static const struct named access[] = {NAMED(R_OK), NAMED(W_OK), NAMED(X_OK)};
    CHECK_DISJOINT(t, access);
    CHECK_INT(t, F_OK, 0);
    CHECK_INT(t, AT_EACCESS & AT_SYMLINK_NOFOLLOW, 0);
    CHECK_INT(t, AT_SYMLINK_FOLLOW & AT_SYMLINK_NOFOLLOW, 0);
    int dir = check_fd(t, "dir");
    struct stat file;
    make_file(t, dir, "file", "text");
    CHECK_INT(t, symlinkat("none", dir, "link"), 0);
    CHECK_INT(t, faccessat(dir, "file", F_OK, AT_EACCESS), 0);
    CHECK_INT(t, faccessat(dir, "file", R_OK | W_OK, 0), 0);
    CHECK_INT(t, ERROR(faccessat(dir, "link", F_OK, 0)), ENOENT);
    CHECK_INT(t, faccessat(dir, "link", F_OK, AT_SYMLINK_NOFOLLOW), 0);
    CHECK_INT(t, ERROR(linkat(dir, "link", dir, "hard", AT_SYMLINK_FOLLOW)), ENOENT);
    CHECK_INT(t, fstatat(dir, "link", &file, AT_SYMLINK_NOFOLLOW), 0);
    CHECK(t, S_ISLNK(file.st_mode));
    CHECK_INT(t, mkdirat(dir, "folder", S_IRWXU | S_IRWXG | S_IRWXO), 0);
    CHECK(t, ERROR(unlinkat(dir, "folder", 0)) != 0);
    CHECK_INT(t, unlinkat(dir, "folder", AT_REMOVEDIR), 0);
    CHECK_INT(t, unlinkat(dir, "link", 0), 0);
}

static void advice(struct check *t) {
    static const struct named known[] = {
        NAMED(POSIX_FADV_NORMAL),     NAMED(POSIX_FADV_RANDOM),   NAMED(POSIX_FADV_NOREUSE),
        NAMED(POSIX_FADV_SEQUENTIAL), NAMED(POSIX_FADV_DONTNEED), NAMED(POSIX_FADV_WILLNEED),
    };
    CHECK_DISTINCT(t, known);
    int fd = check_fd(t, "in");
    for (size_t i = 0; i < COUNT(known); ++i) {
        check_context(t, known[i].name);
        CHECK_INT(t, posix_fadvise(fd, 0, 0, (int)known[i].value), 0);
    }
    CHECK_INT(t, posix_fadvise(fd, 0, 0, 99), EINVAL);
}

static void times(struct check *t) {
    int dir = check_fd(t, "dir");
    struct stat before, after;
    make_file(t, dir, "file", "text");
    CHECK_INT(t, utimensat(dir, "file", (struct timespec[]){{1, 0}, {2, 0}}, 0), 0);
    CHECK_INT(t, fstatat(dir, "file", &before, 0), 0);
    struct timespec times[] = {{0, UTIME_OMIT}, {0, UTIME_NOW}};
    CHECK_INT(t, utimensat(dir, "file", times, 0), 0);
    CHECK_INT(t, fstatat(dir, "file", &after, 0), 0);
    CHECK_INT(t, after.st_atim.tv_sec, 1);
    CHECK_INT(t, before.st_mtim.tv_sec, 2);
    CHECK(t, after.st_mtim.tv_sec > 1000000000);
}

#define TESTS(X)                                                                                   \
    X(flags_can_be_combined)                                                                       \
    X(status_is_told) X(opening) X(places) X(flags_of_paths) X(advice) X(times)
CHECK_MAIN(TESTS)
