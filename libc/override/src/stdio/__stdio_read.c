// SPDX-License-Identifier: BSD-2-Clause
// read() of a stream on a descriptor.

#include <cloudabi_syscalls.h>
#include <errno.h>

#include "frame.h"
#include "stdio_impl.h"

__SYSTEM_CALL_FRAME static ssize_t get(FILE *f, unsigned char *data, size_t size) {
    cloudabi_iovec_t vector = {.buf = data, .buf_len = size};
    size_t count;
    cloudabi_errno_t error = cloudabi_sys_fd_read(f->fd, &vector, 1, &count);
    if (error == 0)
        return count;
    errno = error;
    return -1;
}

size_t __stdio_read(FILE *f, unsigned char *data, size_t size) {
    return __stream_read(f, data, size, get);
}
