// SPDX-License-Identifier: BSD-2-Clause
// Errors of calls that take a socket.

#include <cloudabi_syscalls.h>

#include "failure.h"

int __socket_result(cloudabi_errno_t error, int fd) {
    cloudabi_fdstat_t stat;
    if (error == ENOTCAPABLE && cloudabi_sys_fd_stat_get(fd, &stat) == 0 &&
        (stat.fs_filetype & 0xf0) != (CLOUDABI_FILETYPE_SOCKET_STREAM & 0xf0))
        error = ENOTSOCK;
    return __result(error);
}
