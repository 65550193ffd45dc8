// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <sys/socket.h>

#include "failure.h"
#include "vector.h"

// One control message takes all descriptors; there is no other kind.
static void write_control(struct msghdr *message, size_t count) {
    socklen_t room = message->msg_controllen;
    message->msg_controllen = 0;
    if (count == 0)
        return;
    size_t bytes = count * sizeof(int);
    *(struct cmsghdr *)message->msg_control = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(bytes),
        .cmsg_level = SOL_SOCKET,
        .cmsg_type = SCM_RIGHTS,
    };
    message->msg_controllen = CMSG_SPACE(bytes) < room ? CMSG_SPACE(bytes) : room;
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
    // Descriptors are never inherited unasked.
    if (flags & ~(MSG_PEEK | MSG_WAITALL | MSG_CMSG_CLOEXEC))
        return __fail(ENOTSUP);
    if (message->msg_iovlen < 0 || message->msg_iovlen > IOV_MAX)
        return __fail(EMSGSIZE);
    cloudabi_recv_in_t in = {
        .ri_data = (const cloudabi_iovec_t *)message->msg_iov,
        .ri_data_len = message->msg_iovlen,
        .ri_flags = (flags & MSG_PEEK ? CLOUDABI_SOCK_RECV_PEEK : 0) |
                    (flags & MSG_WAITALL ? CLOUDABI_SOCK_RECV_WAITALL : 0),
    };
    if (message->msg_control != NULL && message->msg_controllen > CMSG_LEN(0)) {
        in.ri_fds = (cloudabi_fd_t *)CMSG_DATA(message->msg_control);
        in.ri_fds_len = (message->msg_controllen - CMSG_LEN(0)) / sizeof(int);
    }
    cloudabi_recv_out_t out;
    cloudabi_errno_t error = cloudabi_sys_sock_recv(fd, &in, &out);
    if (error)
        return __socket_result(error, fd);
    message->msg_namelen = 0;
    write_control(message, out.ro_fdslen);
    message->msg_flags = (out.ro_flags & CLOUDABI_SOCK_RECV_FDS_TRUNCATED ? MSG_CTRUNC : 0) |
                         (out.ro_flags & CLOUDABI_SOCK_RECV_DATA_TRUNCATED ? MSG_TRUNC : 0);
    return out.ro_datalen;
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, unsigned flags,
             struct timespec *timeout) {
    if (timeout != NULL)
        return __fail(ENOTSUP);
    if (count > IOV_MAX)
        count = IOV_MAX;
    for (unsigned i = 0; i < count; ++i) {
        ssize_t received = recvmsg(fd, &messages[i].msg_hdr, flags);
        if (received < 0)
            return i > 0 ? (int)i : -1;
        messages[i].msg_len = received;
    }
    return count;
}
