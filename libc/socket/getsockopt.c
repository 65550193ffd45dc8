// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <string.h>
#include <sys/socket.h>

#include "failure.h"

// The value of an option, or -1.
static int get_option(const cloudabi_fdstat_t *stat, int option) {
    switch (option) {
    case SO_ACCEPTCONN:
        return (stat->fs_rights_base & CLOUDABI_RIGHT_SOCK_ACCEPT) != 0;
    case SO_ERROR:
        // Errors are told by the call that meets them; none is kept for later, since a program
        // cannot start to connect.
        return 0;
    case SO_TYPE:
        return stat->fs_filetype == CLOUDABI_FILETYPE_SOCKET_DGRAM ? SOCK_DGRAM : SOCK_STREAM;
    default:
        return -1;
    }
}

int getsockopt(int fd, int level, int option, void *restrict value, socklen_t *restrict len) {
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    if (error)
        return __fail(error);
    if (stat.fs_filetype != CLOUDABI_FILETYPE_SOCKET_DGRAM &&
        stat.fs_filetype != CLOUDABI_FILETYPE_SOCKET_STREAM)
        return __fail(ENOTSOCK);
    int result = level == SOL_SOCKET ? get_option(&stat, option) : -1;
    if (result < 0)
        return __fail(ENOPROTOOPT);
    if (*len > sizeof(result))
        *len = sizeof(result);
    memcpy(value, &result, *len);
    return 0;
}
