// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "failure.h"

int socketpair(int domain, int type, int protocol, int fds[2]) {
    if (domain != AF_UNIX)
        return __fail(EAFNOSUPPORT);
    if (protocol != 0 && protocol != PF_UNIX)
        return __fail(EPROTONOSUPPORT);
    int flags = type & (SOCK_CLOEXEC | SOCK_NONBLOCK);
    cloudabi_filetype_t filetype;
    if ((type & ~flags) == SOCK_STREAM)
        filetype = CLOUDABI_FILETYPE_SOCKET_STREAM;
    else if ((type & ~flags) == SOCK_DGRAM)
        filetype = CLOUDABI_FILETYPE_SOCKET_DGRAM;
    else
        return __fail(EPROTOTYPE);
    cloudabi_fd_t fd1, fd2;
    cloudabi_errno_t error = cloudabi_sys_fd_create2(filetype, &fd1, &fd2);
    if (error)
        return __fail(error);
    if ((flags & SOCK_NONBLOCK) &&
        (fcntl(fd1, F_SETFL, O_NONBLOCK) != 0 || fcntl(fd2, F_SETFL, O_NONBLOCK) != 0)) {
        error = errno;
        close(fd1);
        close(fd2);
        return __fail(error);
    }
    fds[0] = fd1;
    fds[1] = fd2;
    return 0;
}
