// SPDX-License-Identifier: BSD-2-Clause
// Leaving a granted directory by name.

#include "attack.h"

static void refused_path(const char *name, int directory, const char *path) {
    report(name, !reaches_secret(directory, path), 0);
}

static void opens(const char *name, int directory, const char *path) {
    long fd = open_raw(directory, path, O_RDONLY);
    report(name, fd < 0, fd);
    if (fd >= 0)
        RAW(__NR_close, fd);
}

static void attack_subdirectory(const char *name, int directory) {
    long sub = open_raw(directory, "sub", O_RDONLY | O_DIRECTORY);
    report(name,
           sub >= 0 && !reaches_secret((int)sub, "../../" PATH_SECRET) &&
               !reaches_secret((int)sub, "../../../../../../etc/passwd"),
           sub);
    RAW(__NR_close, sub);
}

static void attack_own_links(void) {
    RAW(__NR_symlinkat, "../" PATH_SECRET, READ_WRITE_FD, "own_relative");
    RAW(__NR_symlinkat, "/etc/passwd", READ_WRITE_FD, "own_absolute");
    RAW(__NR_symlinkat, "/proc/self/root/etc/passwd", READ_WRITE_FD, "own_proc");
    refused_path("own-symlink-relative", READ_WRITE_FD, "own_relative");
    opens("own-symlink-absolute", READ_WRITE_FD, "own_absolute");
    opens("own-symlink-proc", READ_WRITE_FD, "own_proc");
}

// Without a system call that changes the working directory "AT_FDCWD" is the empty root.
static void attack_working_directory(void) {
    opens("working-directory", AT_FDCWD, "../../../../../../../../../../etc/passwd");
    long cwd = open_raw(AT_FDCWD, ".", O_RDONLY | O_DIRECTORY);
    char entries[1024];
    long len = cwd < 0 ? 0 : RAW(__NR_getdents64, cwd, entries, sizeof(entries));
    // `.` and `..` are 24 bytes each.
    report("working-directory-is-empty", len <= 48, len);
    RAW(__NR_close, cwd);
}

static bool is_there(const char *path) {
    char stat[256];
    return RAW(__NR_newfstatat, READ_WRITE_FD, path, stat, 0) == 0;
}

// At the root of a mount `..` is the root itself, and what succeeds stays inside; a supervisor
// refuses. run.py sees that nothing appears outside.
static void attack_leave_by_name(void) {
    long result = RAW(__NR_renameat, READ_WRITE_FD, "file", READ_WRITE_FD, "../moved");
    report("rename-out", is_there(result < 0 ? "file" : "moved"), result);
    RAW(__NR_renameat, READ_WRITE_FD, "moved", READ_WRITE_FD, "file");
    result = RAW(__NR_mkdirat, READ_WRITE_FD, "sub/../../made", 0700);
    report("create-outside", result < 0 || is_there("made"), result);
}

void attack_paths(void) {
    opens("absolute-path", AT_FDCWD, "/etc/passwd");
    opens("absolute-path-below-grant", READ_ONLY_FD, "/etc/passwd");
    REFUSED("open", __NR_open, "/etc/passwd", O_RDONLY);
    REFUSED("openat", __NR_openat, READ_ONLY_FD, "../" PATH_SECRET, O_RDONLY);
    refused_path("dotdot-read-only", READ_ONLY_FD, "../" PATH_SECRET);
    refused_path("dotdot-read-write", READ_WRITE_FD, "../" PATH_SECRET);
    refused_path("dotdot-chain", READ_ONLY_FD, "sub/../../" PATH_SECRET);
    opens("dotdot-chain-to-root", READ_WRITE_FD, "../../../../../../../../etc/passwd");
    attack_subdirectory("dotdot-from-subdirectory-read-only", READ_ONLY_FD);
    attack_subdirectory("dotdot-from-subdirectory-read-write", READ_WRITE_FD);
    refused_path("symlink-relative-read-only", READ_ONLY_FD, "link_relative");
    refused_path("symlink-absolute-read-only", READ_ONLY_FD, "link_absolute");
    refused_path("symlink-relative-read-write", READ_WRITE_FD, "link_relative");
    refused_path("symlink-absolute-read-write", READ_WRITE_FD, "link_absolute");
    attack_own_links();
    attack_working_directory();
    opens("proc-self-root", AT_FDCWD, "/proc/self/root");
    opens("proc-self-mem", AT_FDCWD, "/proc/self/mem");
    opens("proc-self-fd", AT_FDCWD, "/proc/self/fd/1");
    opens("proc-init-root", READ_ONLY_FD, "/proc/1/root");
    REFUSED("fchdir", __NR_fchdir, READ_ONLY_FD);
    REFUSED("chdir", __NR_chdir, "..");
    REFUSED("chroot", __NR_chroot, ".");
    char handle[128] = {120, 0};
    int mount;
    REFUSED("name_to_handle_at", __NR_name_to_handle_at, READ_ONLY_FD, "sub", handle, &mount, 0);
    REFUSED("open_by_handle_at", __NR_open_by_handle_at, READ_ONLY_FD, handle, O_RDONLY);
    REFUSED("link-out", __NR_linkat, READ_WRITE_FD, "../" PATH_SECRET, READ_WRITE_FD, "stolen", 0);
    attack_leave_by_name();
    REFUSED("rename-into-other-grant", __NR_renameat, READ_WRITE_FD, "true", READ_ONLY_FD, "moved");
    REFUSED("link-into-other-grant", __NR_linkat, READ_ONLY_FD, "file", READ_WRITE_FD, "linked", 0);
    REFUSED("stat-outside", __NR_newfstatat, READ_ONLY_FD, "../" PATH_SECRET, handle, 0);
    REFUSED("readlink-outside", __NR_readlinkat, READ_ONLY_FD, "../link", handle, 100);
}
