// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

int linkat(int fd1, const char *path1, int fd2, const char *path2, int flag) {
    if (flag & ~AT_SYMLINK_FOLLOW)
        return __fail(EINVAL);
    cloudabi_lookup_t lookup = {
        .fd = fd1,
        .flags = flag & AT_SYMLINK_FOLLOW ? CLOUDABI_LOOKUP_SYMLINK_FOLLOW : 0,
    };
    return __path_result2(
        cloudabi_sys_file_link(lookup, path1, strlen(path1), fd2, path2, strlen(path2)), fd1, fd2);
}
