// SPDX-License-Identifier: BSD-2-Clause
// fd_read, fd_write, fd_pread, fd_pwrite.

#include "fds.h"
#include "sock_send.h"

// The ABI's vectors are handed to Linux as they are.
_Static_assert(sizeof(cloudabi_iovec_t) == sizeof(struct iovec) &&
                   offsetof(cloudabi_iovec_t, buf_len) == offsetof(struct iovec, iov_len),
               "same layout");
_Static_assert(sizeof(cloudabi_ciovec_t) == sizeof(struct iovec) &&
                   offsetof(cloudabi_ciovec_t, buf_len) == offsetof(struct iovec, iov_len),
               "same layout");

// A short transfer is allowed, so a list that is too long for Linux is cut.
static size_t vectors(size_t len) {
    return len < LINUX_IOV_MAX ? len : LINUX_IOV_MAX;
}

// One buffer is the usual case, and the plain calls cost Linux less than a vector of one.
static linux_result read_some(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t len) {
    return len == 1 ? LINUX(read, fd, iovs->buf, iovs->buf_len)
                    : LINUX(readv, fd, iovs, vectors(len));
}

static linux_result write_some(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t len) {
    return len == 1 ? LINUX(write, fd, iovs->buf, iovs->buf_len)
                    : LINUX(writev, fd, iovs, vectors(len));
}

static linux_result pread_some(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t len,
                               cloudabi_filesize_t offset) {
    return len == 1 ? LINUX(pread64, fd, iovs->buf, iovs->buf_len, offset)
                    : LINUX(preadv, fd, iovs, vectors(len), offset, 0);
}

static linux_result pwrite_some(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t len,
                                cloudabi_filesize_t offset) {
    return len == 1 ? LINUX(pwrite64, fd, iovs->buf, iovs->buf_len, offset)
                    : LINUX(pwritev, fd, iovs, vectors(len), offset, 0);
}

static cloudabi_errno_t finish(linux_result result, size_t *out) {
    if (result >= 0)
        *out = (size_t)result;
    return errno_from_linux(result);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_read(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs,
                                             size_t iovs_len, size_t *nread) {
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_FD_READ, NULL);
    if (error != 0)
        return error;
    linux_result result;
    do
        result = read_some(fd, iovs, iovs_len);
    while (result == -EINTR);
    return finish(result, nread);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_write(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs,
                                              size_t iovs_len, size_t *nwritten) {
    struct descriptor what;
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_FD_WRITE, &what);
    if (error != 0)
        return error;
    // sendmsg can be told not to raise SIGPIPE. For pipes the starter has it ignored.
    linux_result result = -ENOTSOCK;
    if ((what.type & 0xf0) == CLOUDABI_FILETYPE_SOCKET_DGRAM) {
        struct linux_msghdr message = {.msg_iov = (struct iovec *)(uintptr_t)iovs,
                                       // a datagram must not be cut
                                       .msg_iovlen = what.type == CLOUDABI_FILETYPE_SOCKET_DGRAM
                                                         ? iovs_len
                                                         : vectors(iovs_len)};
        result = sock_send_message((int)fd, &message);
    }
    if (result == -ENOTSOCK) {
        do
            result = write_some(fd, iovs, iovs_len);
        while (result == -EINTR);
    }
    return finish(result, nwritten);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_pread(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs,
                                              size_t iovs_len, cloudabi_filesize_t offset,
                                              size_t *nread) {
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK, NULL);
    if (error != 0)
        return error;
    if (iovs_len == 0)
        return CLOUDABI_EINVAL;
    linux_result result;
    do
        result = pread_some(fd, iovs, iovs_len, offset);
    while (result == -EINTR);
    return finish(result, nread);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_pwrite(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs,
                                               size_t iovs_len, cloudabi_filesize_t offset,
                                               size_t *nwritten) {
    cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_SEEK, NULL);
    if (error != 0)
        return error;
    if (iovs_len == 0)
        return CLOUDABI_EINVAL;
    linux_result result;
    do
        result = pwrite_some(fd, iovs, iovs_len, offset);
    while (result == -EINTR);
    return finish(result, nwritten);
}
