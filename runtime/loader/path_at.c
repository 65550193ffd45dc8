// SPDX-License-Identifier: BSD-2-Clause
// What a path means, without opening it: an O_PATH descriptor, and the call on that one. Strict
// mode has such descriptors of directories only (EOPNOTSUPP tells), but there the supervisor keeps
// the calls with a path beneath the directory, which Linux by itself would not.

#include "path.h"

static linux_result look(cloudabi_fd_t dirfd, const struct path *path, bool follow) {
    return path_openat2(dirfd, path, O_PATH | (follow ? 0 : O_NOFOLLOW), 0);
}

// As in path_openat2, something was renamed meanwhile.
static bool again(linux_result result, int *tries) {
    return result == -EAGAIN && ++*tries < 10000;
}

linux_result path_stat(cloudabi_fd_t dirfd, const struct path *path, bool follow,
                       struct stat *stat) {
    int tries = 0;
    linux_result fd = look(dirfd, path, follow), result = fd;
    if (fd >= 0) {
        result = LINUX(fstat, fd, stat);
        LINUX(close, fd);
    } else if (fd == -EOPNOTSUPP) {
        do
            result = LINUX(newfstatat, dirfd, path->text, stat, follow ? 0 : AT_SYMLINK_NOFOLLOW);
        while (again(result, &tries));
    }
    return result;
}

linux_result path_set_times(cloudabi_fd_t dirfd, const struct path *path, bool follow,
                            const struct __kernel_timespec times[2]) {
    int tries = 0;
    linux_result fd = look(dirfd, path, follow), result = fd;
    if (fd >= 0) {
        result = LINUX(utimensat, fd, "", times, AT_EMPTY_PATH);
        LINUX(close, fd);
    } else if (fd == -EOPNOTSUPP) {
        do
            result = LINUX(utimensat, dirfd, path->text, times, follow ? 0 : AT_SYMLINK_NOFOLLOW);
        while (again(result, &tries));
    }
    return result;
}

linux_result path_read_link(cloudabi_fd_t dirfd, const struct path *path, char *target,
                            size_t len) {
    int tries = 0;
    linux_result fd = look(dirfd, path, false), result = fd;
    if (fd >= 0) {
        // Of an empty name: the link that the descriptor is; ENOENT if it is none.
        result = LINUX(readlinkat, fd, "", target, len);
        if (result == -ENOENT)
            result = -EINVAL;
        LINUX(close, fd);
    } else if (fd == -EOPNOTSUPP) {
        do
            result = LINUX(readlinkat, dirfd, path->text, target, len);
        while (again(result, &tries));
    }
    return result;
}
