// SPDX-License-Identifier: BSD-2-Clause
// fd_create1, fd_create2.

#include "fds.h"
#include "user.h"

static void largest(cloudabi_filetype_t type, struct descriptor *out) {
    *out = (struct descriptor){.type = type};
    cloudabi_rights_max(type, &out->base, &out->inheriting);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_create1(cloudabi_filetype_t type, cloudabi_fd_t *fd) {
    if (type != CLOUDABI_FILETYPE_SHARED_MEMORY)
        return CLOUDABI_EINVAL;
    struct descriptor what;
    largest(type, &what);
    return fd_give(LINUX(memfd_create, "", MFD_CLOEXEC | MFD_NOEXEC_SEAL), &what, fd);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_create2(cloudabi_filetype_t type, cloudabi_fd_t *fd1,
                                                cloudabi_fd_t *fd2) {
    int socket_type;
    if (type == CLOUDABI_FILETYPE_SOCKET_STREAM)
        socket_type = LINUX_SOCK_STREAM;
    else if (type == CLOUDABI_FILETYPE_SOCKET_DGRAM)
        // Not SOCK_DGRAM: with a name in the message that one reaches other sockets of the host.
        socket_type = LINUX_SOCK_SEQPACKET;
    else
        return CLOUDABI_EINVAL;
    int pair[2];
    linux_result result =
        LINUX(socketpair, LINUX_AF_UNIX, socket_type | LINUX_SOCK_CLOEXEC, 0, pair);
    if (result < 0)
        return errno_from_linux(result);
    struct descriptor what;
    largest(type, &what);
    cloudabi_fd_t first, second;
    cloudabi_errno_t error = fd_enter(pair[0], &what, &first);
    if (error != 0) {
        LINUX(close, pair[1]);
        return error;
    }
    error = fd_enter(pair[1], &what, &second);
    if (error != 0) {
        fd_release(first);
        return error;
    }
    if (user_put32(fd1, first) && user_put32(fd2, second))
        return CLOUDABI_ESUCCESS;
    fd_release(first);
    fd_release(second);
    return CLOUDABI_EFAULT;
}
