// SPDX-License-Identifier: BSD-2-Clause
// Errors of calls that take a path.

#include <cloudabi_syscalls.h>
#include <stdbool.h>

#include "failure.h"

int __path_result(cloudabi_errno_t error, int fd) {
    return __path_result2(error, fd, fd);
}

static bool other_than_directory(int fd) {
    cloudabi_fdstat_t stat;
    return cloudabi_sys_fd_stat_get(fd, &stat) == 0 &&
           stat.fs_filetype != CLOUDABI_FILETYPE_DIRECTORY;
}

int __path_result2(cloudabi_errno_t error, int fd1, int fd2) {
    if (error == ENOTCAPABLE && (other_than_directory(fd1) || other_than_directory(fd2)))
        error = ENOTDIR;
    return __result(error);
}
