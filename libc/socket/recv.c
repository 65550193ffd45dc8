// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <sys/socket.h>

#include "failure.h"

ssize_t recv(int fd, void *data, size_t size, int flags) {
    struct iovec vector = {.iov_base = data, .iov_len = size};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    return recvmsg(fd, &message, flags);
}

// Sockets have no addresses here.
ssize_t recvfrom(int fd, void *restrict data, size_t size, int flags,
                 struct sockaddr *restrict address, socklen_t *restrict len) {
    return address != NULL ? __fail(ENOTSUP) : recv(fd, data, size, flags);
}
