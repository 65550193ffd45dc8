// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <string.h>
#include <sys/socket.h>

#include "failure.h"
#include "vector.h"

enum { MAX_FDS = 256 };

// Appends the descriptors of the control message at `offset`, and moves on behind it.
static int append(const struct msghdr *message, size_t *offset, cloudabi_fd_t *fds, size_t *count) {
    struct cmsghdr *control = (struct cmsghdr *)((char *)message->msg_control + *offset);
    size_t room = message->msg_controllen - *offset;
    if (room < CMSG_LEN(0) || control->cmsg_len < CMSG_LEN(0) || control->cmsg_len > room)
        return EINVAL;
    if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
        return ENOTSUP;
    size_t bytes = control->cmsg_len - CMSG_LEN(0);
    if (bytes % sizeof(int) != 0)
        return EINVAL;
    if (bytes / sizeof(int) > MAX_FDS - *count)
        return EMSGSIZE;
    memcpy(fds + *count, CMSG_DATA(control), bytes);
    *count += bytes / sizeof(int);
    *offset += CMSG_ALIGN(control->cmsg_len);
    return 0;
}

static int collect(const struct msghdr *message, cloudabi_fd_t *fds, size_t *count) {
    *count = 0;
    if (message->msg_control == NULL)
        return 0;
    for (size_t offset = 0; offset < message->msg_controllen;) {
        int error = append(message, &offset, fds, count);
        if (error)
            return error;
    }
    return 0;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    // Writing to a lost peer raises no signal anyway.
    if (flags & ~MSG_NOSIGNAL)
        return __fail(ENOTSUP);
    if (message->msg_name != NULL)
        return __fail(EISCONN);
    if (message->msg_iovlen < 0 || message->msg_iovlen > IOV_MAX)
        return __fail(EMSGSIZE);
    cloudabi_fd_t fds[MAX_FDS];
    size_t count;
    int invalid = collect(message, fds, &count);
    if (invalid)
        return __fail(invalid);
    cloudabi_send_in_t in = {
        .si_data = (const cloudabi_ciovec_t *)message->msg_iov,
        .si_data_len = message->msg_iovlen,
        .si_fds = fds,
        .si_fds_len = count,
    };
    cloudabi_send_out_t out;
    cloudabi_errno_t error = cloudabi_sys_sock_send(fd, &in, &out);
    return error ? __socket_result(error, fd) : (ssize_t)out.so_datalen;
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, unsigned flags) {
    if (count > IOV_MAX)
        count = IOV_MAX;
    for (unsigned i = 0; i < count; ++i) {
        ssize_t sent = sendmsg(fd, &messages[i].msg_hdr, flags);
        if (sent < 0)
            return i > 0 ? (int)i : -1;
        messages[i].msg_len = sent;
    }
    return count;
}
