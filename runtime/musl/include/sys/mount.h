// SPDX-License-Identifier: BSD-2-Clause
// What this release of musl does not have yet of Linux's mounts, by the names and parameters that
// it has elsewhere.
#pragma once

#include_next <sys/mount.h>

#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int open_tree(int fd, const char *path, unsigned flags) {
    return (int)syscall(SYS_open_tree, fd, path, flags);
}

static inline int move_mount(int fd, const char *path, int to_fd, const char *to_path,
                             unsigned flags) {
    return (int)syscall(SYS_move_mount, fd, path, to_fd, to_path, flags);
}

static inline int mount_setattr(int fd, const char *path, unsigned flags,
                                struct mount_attr *attributes, size_t size) {
    return (int)syscall(SYS_mount_setattr, fd, path, flags, attributes, size);
}

static inline int fsopen(const char *type, unsigned flags) {
    return (int)syscall(SYS_fsopen, type, flags);
}

static inline int fsconfig(int fd, unsigned command, const char *key, const void *value,
                           int number) {
    return (int)syscall(SYS_fsconfig, fd, command, key, value, number);
}

static inline int fsmount(int fd, unsigned flags, unsigned attributes) {
    return (int)syscall(SYS_fsmount, fd, flags, attributes);
}
