// SPDX-License-Identifier: BSD-2-Clause
// Functions that make, change and remove names below a directory.

#include <sys/stat.h>

#include "../files.h"

static void hard_links(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "a", "a");
    CHECK_INT(t, linkat(dir, "a", dir, "b", 0), 0);
    check_file(t, dir, "b", "a");
    struct stat a, b;
    CHECK_INT(t, fstatat(dir, "a", &a, 0), 0);
    CHECK_INT(t, fstatat(dir, "b", &b, 0), 0);
    CHECK_INT(t, a.st_ino, b.st_ino);
    CHECK_INT(t, a.st_nlink, 2);
    CHECK_INT(t, ERROR(linkat(dir, "a", dir, "b", 0)), EEXIST);
    CHECK_INT(t, ERROR(linkat(dir, "none", dir, "c", 0)), ENOENT);
    CHECK_INT(t, ERROR(linkat(dir, "a", dir, "../c", 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(linkat(dir, "/etc/passwd", dir, "c", 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(linkat(dir, "a", dir, "c", 0x8000)), EINVAL);
    CHECK_INT(t, ERROR(linkat(dir, "a", check_fd(t, "in"), "c", 0)), ENOTDIR);
    int limited = without(dir, CLOUDABI_RIGHT_FILE_LINK_TARGET);
    CHECK_INT(t, ERROR(linkat(dir, "a", limited, "c", 0)), ENOTCAPABLE);
    close(limited);
    CHECK_INT(t, ERROR(linkat(limited, "a", dir, "c", 0)), EBADF);
}

static void symbolic_links(struct check *t) {
    int dir = check_fd(t, "dir");
    char target[32] = "";
    CHECK_INT(t, symlinkat("/absolute/target", dir, "link"), 0);
    CHECK_INT(t, readlinkat(dir, "link", target, sizeof(target)), 16);
    CHECK_STR(t, target, "/absolute/target");
    CHECK_INT(t, readlinkat(dir, "link", target, 3), 3);
    CHECK_INT(t, ERROR(symlinkat("x", dir, "link")), EEXIST);
    CHECK_INT(t, ERROR(symlinkat("x", dir, "../link")), ENOTCAPABLE);
    CHECK_INT(t, ERROR(readlinkat(dir, "none", target, sizeof(target))), ENOENT);
    make_file(t, dir, "file", "");
    CHECK_INT(t, ERROR(readlinkat(dir, "file", target, sizeof(target))), EINVAL);
    CHECK_INT(t, ERROR(readlinkat(check_fd(t, "in"), "x", target, 8)), ENOTDIR);
    CHECK_INT(t, ERROR(symlinkat("x", check_fd(t, "in"), "x")), ENOTDIR);
    int limited = without(dir, CLOUDABI_RIGHT_FILE_SYMLINK | CLOUDABI_RIGHT_FILE_READLINK);
    CHECK_INT(t, ERROR(symlinkat("x", limited, "other")), ENOTCAPABLE);
    CHECK_INT(t, ERROR(readlinkat(limited, "link", target, 8)), ENOTCAPABLE);
    close(limited);
    CHECK_INT(t, ERROR(symlinkat("x", limited, "other")), EBADF);
}

static void removal(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "doomed", "");
    CHECK_INT(t, mkdirat(dir, "full", 0), 0);
    make_file(t, dir, "full/file", "");
    CHECK_INT(t, ERROR(unlinkat(dir, "doomed", AT_REMOVEDIR)), ENOTDIR);
    CHECK_INT(t, unlinkat(dir, "doomed", 0), 0);
    CHECK_INT(t, ERROR(unlinkat(dir, "doomed", 0)), ENOENT);
    CHECK_INT(t, ERROR(unlinkat(dir, "full", 0)), EPERM);
    CHECK_INT(t, ERROR(unlinkat(dir, "full", AT_REMOVEDIR)), ENOTEMPTY);
    CHECK_INT(t, unlinkat(dir, "full/file", 0), 0);
    CHECK_INT(t, unlinkat(dir, "full", AT_REMOVEDIR), 0);
    CHECK_INT(t, ERROR(unlinkat(dir, "../x", 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(unlinkat(dir, "x", 0x8000)), EINVAL);
    CHECK_INT(t, ERROR(unlinkat(check_fd(t, "in"), "x", 0)), ENOTDIR);
    int limited = without(dir, CLOUDABI_RIGHT_FILE_UNLINK);
    make_file(t, dir, "kept", "");
    CHECK_INT(t, ERROR(unlinkat(limited, "kept", 0)), ENOTCAPABLE);
    close(limited);
}

static void renaming(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "old", "old");
    CHECK_INT(t, renameat(dir, "old", dir, "new"), 0);
    check_file(t, dir, "new", "old");
    CHECK_INT(t, ERROR(renameat(dir, "old", dir, "new")), ENOENT);
    make_file(t, dir, "other", "other");
    CHECK_INT(t, renameat(dir, "other", dir, "new"), 0);
    check_file(t, dir, "new", "other");
    CHECK_INT(t, mkdirat(dir, "parent", 0), 0);
    CHECK_INT(t, ERROR(renameat(dir, "parent", dir, "parent/child")), EINVAL);
    CHECK_INT(t, ERROR(renameat(dir, "new", dir, "../new")), ENOTCAPABLE);
    CHECK_INT(t, ERROR(renameat(dir, "new", check_fd(t, "in"), "new")), ENOTDIR);
    int limited = without(dir, CLOUDABI_RIGHT_FILE_RENAME_SOURCE);
    CHECK_INT(t, ERROR(renameat(limited, "new", dir, "newer")), ENOTCAPABLE);
    CHECK_INT(t, renameat(dir, "new", limited, "newer"), 0);
    close(limited);
    CHECK_INT(t, ERROR(renameat(dir, "newer", limited, "x")), EBADF);
}

static void accessibility(struct check *t) {
    int dir = check_fd(t, "dir");
    make_file(t, dir, "known", "");
    CHECK_INT(t, faccessat(dir, "known", F_OK, 0), 0);
    CHECK_INT(t, faccessat(dir, "known", R_OK | W_OK, AT_EACCESS), 0);
    CHECK_INT(t, faccessat(dir, ".", R_OK | W_OK | X_OK, 0), 0);
    CHECK_INT(t, ERROR(faccessat(dir, "unknown", F_OK, 0)), ENOENT);
    CHECK_INT(t, ERROR(faccessat(dir, "..", F_OK, 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(faccessat(dir, "known", 0x100, 0)), EINVAL);
    CHECK_INT(t, ERROR(faccessat(dir, "known", F_OK, 0x8000)), EINVAL);
    CHECK_INT(t, symlinkat("nowhere", dir, "dangling"), 0);
    CHECK_INT(t, ERROR(faccessat(dir, "dangling", F_OK, 0)), ENOENT);
    CHECK_INT(t, faccessat(dir, "dangling", F_OK, AT_SYMLINK_NOFOLLOW), 0);
    int limited = without(dir, CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_PROC_EXEC);
    CHECK_INT(t, faccessat(limited, "known", R_OK, 0), 0);
    CHECK_INT(t, ERROR(faccessat(limited, "known", W_OK, 0)), EACCES);
    CHECK_INT(t, ERROR(faccessat(limited, "known", X_OK, 0)), EACCES);
    close(limited);
    CHECK_INT(t, ERROR(faccessat(check_fd(t, "in"), "x", F_OK, 0)), ENOTDIR);
}

#define TESTS(X) X(hard_links) X(symbolic_links) X(removal) X(renaming) X(accessibility)
CHECK_MAIN(TESTS)
