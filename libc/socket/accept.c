// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "failure.h"

int accept4(int fd, struct sockaddr *restrict address, socklen_t *restrict len, int flags) {
    if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK))
        return __fail(EINVAL);
    cloudabi_fd_t connection;
    cloudabi_errno_t error = cloudabi_sys_sock_accept(fd, NULL, &connection);
    if (error)
        return __socket_result(error, fd);
    if ((flags & SOCK_NONBLOCK) && fcntl(connection, F_SETFL, O_NONBLOCK) != 0) {
        error = errno;
        close(connection);
        return __fail(error);
    }
    // Sockets have no addresses here.
    if (address != NULL && len != NULL)
        *len = 0;
    return connection;
}

int accept(int fd, struct sockaddr *restrict address, socklen_t *restrict len) {
    return accept4(fd, address, len, 0);
}
