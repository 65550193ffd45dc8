// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <sys/uio.h>

#include "failure.h"
#include "frame.h"
#include "vector.h"

__SYSTEM_CALL_FRAME ssize_t writev(int fd, const struct iovec *vectors, int count) {
    if (!__vector_count_valid(count))
        return __fail(EINVAL);
    size_t done;
    cloudabi_errno_t error =
        cloudabi_sys_fd_write(fd, (const cloudabi_ciovec_t *)vectors, count, &done);
    return error ? __fail(error) : (ssize_t)done;
}

__SYSTEM_CALL_FRAME ssize_t pwritev(int fd, const struct iovec *vectors, int count, off_t offset) {
    if (offset < 0 || !__vector_count_valid(count))
        return __fail(EINVAL);
    size_t done;
    cloudabi_errno_t error =
        cloudabi_sys_fd_pwrite(fd, (const cloudabi_ciovec_t *)vectors, count, offset, &done);
    return error ? __fail(error) : (ssize_t)done;
}
