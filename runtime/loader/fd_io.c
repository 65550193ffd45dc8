// SPDX-License-Identifier: BSD-2-Clause
// fd_read, fd_write, fd_pread, fd_pwrite.

#include "fds.h"
#include "sock_send.h"
#include "user.h"

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

static inline cloudabi_errno_t give(linux_result amount, size_t *out) {
    return user_put64(out, (uint64_t)amount) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

static cloudabi_errno_t finish(linux_result result, size_t *out) {
    return result < 0 ? errno_from_failure(result) : give(result, out);
}

// The usual case is one buffer and a right that is there. The plain calls cost Linux less than a
// vector of one, and this way hardly a register has to be saved. All else goes the long way.
// Success goes straight on: after a call of Linux the processor knows of no jump.
static inline bool is_usual(cloudabi_fd_t fd, cloudabi_rights_t need, const void *iovs, size_t len,
                            uint64_t buf[2]) {
    const uint64_t *iov = iovs;
    return __builtin_expect(len == 1 && fd_has(fd, need), 1) && user_get64(&buf[0], &iov[0]) &&
           user_get64(&buf[1], &iov[1]);
}

static inline bool is_socket(cloudabi_fd_t fd) {
    return (fds_table[fd].type & 0xf0) == CLOUDABI_FILETYPE_SOCKET_DGRAM;
}

static __attribute__((noinline)) cloudabi_errno_t
read_long(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs, size_t len, size_t *nread) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_READ);
    if (error != 0)
        return error;
    linux_result result;
    do
        result = LINUX(readv, fd, iovs, vectors(len));
    while (result == -EINTR);
    return finish(result, nread);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_read(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs,
                                             size_t iovs_len, size_t *nread) {
    uint64_t buf[2];
    if (!is_usual(fd, CLOUDABI_RIGHT_FD_READ, iovs, iovs_len, buf))
        return read_long(fd, iovs, iovs_len, nread);
    linux_result result = linux_bare3(__NR_read, fd, (long)buf[0], (long)buf[1]);
    if (__builtin_expect(result < 0, 0))
        return result == -EINTR ? read_long(fd, iovs, iovs_len, nread) : errno_from_failure(result);
    return give(result, nread);
}

// sendmsg can be told not to raise SIGPIPE. For pipes the starter has it ignored. A datagram must
// not be cut.
static linux_result write_to_socket(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t len) {
    bool datagram = fds_table[fd].type == CLOUDABI_FILETYPE_SOCKET_DGRAM;
    struct linux_msghdr message = {.msg_iov = (struct iovec *)(uintptr_t)iovs,
                                   .msg_iovlen = datagram ? len : vectors(len)};
    return sock_send_message((int)fd, &message);
}

static __attribute__((noinline)) cloudabi_errno_t
write_long(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t len, size_t *nwritten) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_WRITE);
    if (error != 0)
        return error;
    linux_result result = is_socket(fd) ? write_to_socket(fd, iovs, len) : -ENOTSOCK;
    if (result == -ENOTSOCK) {
        do
            result = LINUX(writev, fd, iovs, vectors(len));
        while (result == -EINTR);
    }
    return finish(result, nwritten);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_write(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs,
                                              size_t iovs_len, size_t *nwritten) {
    uint64_t buf[2];
    if (!is_usual(fd, CLOUDABI_RIGHT_FD_WRITE, iovs, iovs_len, buf) || is_socket(fd))
        return write_long(fd, iovs, iovs_len, nwritten);
    linux_result result = linux_bare3(__NR_write, fd, (long)buf[0], (long)buf[1]);
    if (__builtin_expect(result < 0, 0))
        return result == -EINTR ? write_long(fd, iovs, iovs_len, nwritten)
                                : errno_from_failure(result);
    return give(result, nwritten);
}

static __attribute__((noinline)) cloudabi_errno_t pread_long(cloudabi_fd_t fd,
                                                             const cloudabi_iovec_t *iovs,
                                                             size_t len, cloudabi_filesize_t offset,
                                                             size_t *nread) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK);
    if (error != 0)
        return error;
    if (len == 0)
        return CLOUDABI_EINVAL;
    linux_result result;
    do
        result = LINUX(preadv, fd, iovs, vectors(len), offset, 0);
    while (result == -EINTR);
    return finish(result, nread);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_pread(cloudabi_fd_t fd, const cloudabi_iovec_t *iovs,
                                              size_t iovs_len, cloudabi_filesize_t offset,
                                              size_t *nread) {
    uint64_t buf[2];
    if (!is_usual(fd, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK, iovs, iovs_len, buf))
        return pread_long(fd, iovs, iovs_len, offset, nread);
    linux_result result = linux_bare4(__NR_pread64, fd, (long)buf[0], (long)buf[1], (long)offset);
    if (__builtin_expect(result < 0, 0))
        return result == -EINTR ? pread_long(fd, iovs, iovs_len, offset, nread)
                                : errno_from_failure(result);
    return give(result, nread);
}

static __attribute__((noinline)) cloudabi_errno_t
pwrite_long(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs, size_t len, cloudabi_filesize_t offset,
            size_t *nwritten) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_SEEK);
    if (error != 0)
        return error;
    if (len == 0)
        return CLOUDABI_EINVAL;
    linux_result result;
    do
        result = LINUX(pwritev, fd, iovs, vectors(len), offset, 0);
    while (result == -EINTR);
    return finish(result, nwritten);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_pwrite(cloudabi_fd_t fd, const cloudabi_ciovec_t *iovs,
                                               size_t iovs_len, cloudabi_filesize_t offset,
                                               size_t *nwritten) {
    uint64_t buf[2];
    if (!is_usual(fd, CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_SEEK, iovs, iovs_len, buf))
        return pwrite_long(fd, iovs, iovs_len, offset, nwritten);
    linux_result result = linux_bare4(__NR_pwrite64, fd, (long)buf[0], (long)buf[1], (long)offset);
    if (__builtin_expect(result < 0, 0))
        return result == -EINTR ? pwrite_long(fd, iovs, iovs_len, offset, nwritten)
                                : errno_from_failure(result);
    return give(result, nwritten);
}
