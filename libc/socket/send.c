// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <sys/socket.h>

#include "failure.h"

ssize_t send(int fd, const void *data, size_t size, int flags) {
    struct iovec vector = {.iov_base = (void *)data, .iov_len = size};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    return sendmsg(fd, &message, flags);
}

// Every socket is connected, if at all, before the program gets it.
ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *address,
               socklen_t len) {
    return address != NULL ? __fail(EISCONN) : send(fd, data, size, flags);
}
