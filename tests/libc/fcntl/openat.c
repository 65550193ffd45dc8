// SPDX-License-Identifier: BSD-2-Clause
// openat(): access modes become rights, paths stay below the directory.

#include <sys/stat.h>

#include "../files.h"

static cloudabi_rights_t rights(int fd) {
    cloudabi_fdstat_t stat;
    return cloudabi_sys_fd_stat_get(fd, &stat) == 0 ? stat.fs_rights_base : 0;
}

static void modes(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "file", "text");
    int fd = openat(dir, "file", O_RDONLY);
    CHECK(t, rights(fd) & CLOUDABI_RIGHT_FD_READ);
    CHECK(t, !(rights(fd) & CLOUDABI_RIGHT_FD_WRITE));
    CHECK_INT(t, ERROR(write(fd, "x", 1)), ENOTCAPABLE);
    close(fd);
    fd = openat(dir, "file", O_WRONLY);
    CHECK(t, !(rights(fd) & CLOUDABI_RIGHT_FD_READ));
    CHECK(t, rights(fd) & CLOUDABI_RIGHT_FD_WRITE);
    char byte;
    CHECK_INT(t, ERROR(read(fd, &byte, 1)), ENOTCAPABLE);
    close(fd);
    fd = openat(dir, "file", O_RDWR);
    CHECK(t, rights(fd) & CLOUDABI_RIGHT_FD_READ);
    CHECK(t, rights(fd) & CLOUDABI_RIGHT_FD_WRITE);
    close(fd);
    fd = openat(dir, ".", O_SEARCH | O_DIRECTORY);
    CHECK(t, fd >= 0);
    CHECK(t, !(rights(fd) & CLOUDABI_RIGHT_FILE_READDIR));
    CHECK_INT(t, openat(fd, "file", O_RDONLY) >= 0, 1);
    close(fd);
    CHECK_INT(t, ERROR(openat(dir, "file", 0)), EINVAL);
    CHECK_INT(t, ERROR(openat(dir, "file", O_EXEC | O_RDONLY)), EINVAL);
    CHECK_INT(t, ERROR(openat(dir, "file", O_RDONLY | 0x40000000)), EINVAL);
}

static void creation(struct check *t) {
    int dir = check_fd(t, "dir");
    CHECK_INT(t, ERROR(openat(dir, "new", O_RDWR)), ENOENT);
    int fd = openat(dir, "new", O_RDWR | O_CREAT | O_EXCL, 0600);
    CHECK(t, fd >= 0);
    CHECK_INT(t, write(fd, "text", 4), 4);
    close(fd);
    CHECK_INT(t, ERROR(openat(dir, "new", O_RDWR | O_CREAT | O_EXCL, 0600)), EEXIST);
    fd = openat(dir, "new", O_WRONLY | O_APPEND);
    CHECK_INT(t, write(fd, "more", 4), 4);
    close(fd);
    check_file(t, dir, "new", "textmore");
    close(openat(dir, "new", O_WRONLY | O_TRUNC));
    check_file(t, dir, "new", "");
    CHECK_INT(t, ERROR(openat(dir, "new", O_RDONLY | O_DIRECTORY)), ENOTDIR);
    CHECK_INT(t, ERROR(openat(dir, "new/below", O_RDONLY)), ENOTDIR);
    CHECK_INT(t, ERROR(openat(dir, "", O_RDONLY)), ENOENT);
}

static void confinement(struct check *t) {
    int dir = check_fd(t, "dir");
    CHECK_INT(t, ERROR(openat(dir, "..", O_RDONLY | O_DIRECTORY)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(openat(dir, "../x", O_RDONLY)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(openat(dir, "/etc/passwd", O_RDONLY)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(openat(dir, "/", O_RDONLY | O_DIRECTORY)), ENOTCAPABLE);
    CHECK_INT(t, mkdirat(dir, "sub", 0), 0);
    make_file(t, dir, "inside", "inside");
    check_file(t, dir, "sub/../inside", "inside");
    int sub = openat(dir, "sub", O_RDONLY | O_DIRECTORY);
    CHECK(t, sub >= 0);
    CHECK_INT(t, ERROR(openat(sub, "../inside", O_RDONLY)), ENOTCAPABLE);
    CHECK_INT(t, symlinkat("../inside", dir, "sub/out"), 0);
    CHECK_INT(t, ERROR(openat(sub, "out", O_RDONLY)), ENOTCAPABLE);
    check_file(t, dir, "sub/out", "inside");
    CHECK_INT(t, symlinkat("/etc/passwd", dir, "absolute"), 0);
    CHECK_INT(t, ERROR(openat(dir, "absolute", O_RDONLY)), ENOTCAPABLE);
    close(sub);
}

static void links(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "target", "target");
    CHECK_INT(t, symlinkat("target", dir, "link"), 0);
    check_file(t, dir, "link", "target");
    CHECK_INT(t, ERROR(openat(dir, "link", O_RDONLY | O_NOFOLLOW)), ELOOP);
    CHECK_INT(t, symlinkat("loop", dir, "loop"), 0);
    CHECK_INT(t, ERROR(openat(dir, "loop", O_RDONLY)), ELOOP);
}

static void missing_rights(struct check *t) {
    int dir = check_fd(t, "dir"), in = check_fd(t, "in");
    make_file(t, dir, "guarded", "text");
    int fd = without(dir, CLOUDABI_RIGHT_FD_WRITE);
    CHECK_INT(t, ERROR(openat(fd, "guarded", O_WRONLY)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(openat(fd, "guarded", O_RDWR)), ENOTCAPABLE);
    int file = openat(fd, "guarded", O_RDONLY);
    CHECK(t, file >= 0);
    close(file);
    close(fd);
    fd = without(dir, CLOUDABI_RIGHT_FD_READ);
    CHECK_INT(t, ERROR(openat(fd, "guarded", O_RDONLY)), ENOTCAPABLE);
    close(fd);
    fd = without(dir, CLOUDABI_RIGHT_PROC_EXEC);
    CHECK_INT(t, ERROR(openat(fd, "guarded", O_EXEC)), ENOTCAPABLE);
    close(fd);
    fd = without(dir, CLOUDABI_RIGHT_FILE_OPEN);
    CHECK_INT(t, ERROR(openat(fd, "guarded", O_RDONLY)), ENOTCAPABLE);
    close(fd);
    fd = without(dir, CLOUDABI_RIGHT_FILE_CREATE_FILE);
    CHECK_INT(t, ERROR(openat(fd, "other", O_WRONLY | O_CREAT)), ENOTCAPABLE);
    close(fd);
    CHECK_INT(t, ERROR(openat(in, "file", O_RDONLY)), ENOTDIR);
    CHECK_INT(t, ERROR(openat(-1, "file", O_RDONLY)), EBADF);
    CHECK_INT(t, ERROR(openat(closed(dir), "file", O_RDONLY)), EBADF);
}

#define TESTS(X) X(modes) X(creation) X(confinement) X(links) X(missing_rights)
CHECK_MAIN(TESTS)
