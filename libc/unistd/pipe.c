// SPDX-License-Identifier: BSD-2-Clause
// A pipe is a pair of stream sockets, so both ends can be read and written.

#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <unistd.h>

#include "failure.h"

static cloudabi_errno_t set_nonblock(int fd) {
    cloudabi_fdstat_t stat = {.fs_flags = CLOUDABI_FDFLAG_NONBLOCK};
    return cloudabi_sys_fd_stat_put(fd, &stat, CLOUDABI_FDSTAT_FLAGS);
}

int pipe2(int fds[2], int flags) {
    if (flags & ~(O_CLOEXEC | O_NONBLOCK))
        return __fail(EINVAL);
    cloudabi_fd_t fd1, fd2;
    cloudabi_errno_t error = cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &fd1, &fd2);
    if (error)
        return __fail(error);
    if (flags & O_NONBLOCK) {
        error = set_nonblock(fd1);
        if (error == 0)
            error = set_nonblock(fd2);
        if (error) {
            cloudabi_sys_fd_close(fd1);
            cloudabi_sys_fd_close(fd2);
            return __fail(error);
        }
    }
    fds[0] = fd1;
    fds[1] = fd2;
    return 0;
}

int pipe(int fds[2]) {
    return pipe2(fds, 0);
}
