// SPDX-License-Identifier: BSD-2-Clause
// Paths below a directory descriptor.
#ifndef LOADER_PATH_H
#define LOADER_PATH_H

#include "fds.h"

// A path, copied once from the program's memory and checked: not empty, no NUL inside, short
// enough, not absolute. Ends with NUL.
struct path {
    size_t len;
    char text[LINUX_PATH_MAX];
};

cloudabi_errno_t path_copy(struct path *path, const char *text, size_t len);
bool path_has_trailing_slash(const struct path *path);

// openat2 that cannot leave dirfd. Returns a descriptor or -errno; -EXDEV if it would leave.
linux_result path_openat2(cloudabi_fd_t dirfd, const struct path *path, uint64_t flags,
                          uint64_t mode);
// The same as an error number: leaving the directory is NOTCAPABLE.
cloudabi_errno_t path_errno(linux_result result);

// path_at.c: what a path means, without opening it. Like Linux's fstatat, utimensat and readlinkat,
// but kept inside dirfd: -EXDEV if the path leads out.
linux_result path_stat(cloudabi_fd_t dirfd, const struct path *path, bool follow,
                       struct stat *stat);
linux_result path_set_times(cloudabi_fd_t dirfd, const struct path *path, bool follow,
                            const struct __kernel_timespec times[2]);
// -EINVAL if it is no link.
linux_result path_read_link(cloudabi_fd_t dirfd, const struct path *path, char *target, size_t len);

// Where a call acts that has to name its last component: in the directory parent (an O_PATH
// descriptor), on last. last keeps one slash at its end if the path had any.
struct path_last {
    int parent;
    bool dots; // last is "." or "..", and so exists and is a directory
    const char *last;
};
cloudabi_errno_t path_split(cloudabi_fd_t dirfd, struct path *path, struct path_last *out);
void path_split_done(const struct path_last *split);

// Replaces path by what its last component, if it is a symbolic link, stands for. LOOP after 40.
cloudabi_errno_t path_expand_last(cloudabi_fd_t dirfd, struct path *path);

#endif
