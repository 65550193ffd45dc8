// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <unistd.h>

#include "failure.h"
#include "frame.h"

__SYSTEM_CALL_FRAME ssize_t read(int fd, void *data, size_t size) {
    cloudabi_iovec_t vector = {.buf = data, .buf_len = size};
    size_t count;
    cloudabi_errno_t error = cloudabi_sys_fd_read(fd, &vector, 1, &count);
    return error ? __fail(error) : (ssize_t)count;
}

__SYSTEM_CALL_FRAME ssize_t pread(int fd, void *data, size_t size, off_t offset) {
    if (offset < 0)
        return __fail(EINVAL);
    cloudabi_iovec_t vector = {.buf = data, .buf_len = size};
    size_t count;
    cloudabi_errno_t error = cloudabi_sys_fd_pread(fd, &vector, 1, offset, &count);
    return error ? __fail(error) : (ssize_t)count;
}
