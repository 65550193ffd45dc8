// SPDX-License-Identifier: BSD-2-Clause
// write() of a stream on a descriptor: buffer and new data in one call, so that others see no
// moment between them.

#include <cloudabi_syscalls.h>
#include <errno.h>

#include "stdio_impl.h"

size_t __stdio_write(FILE *f, const unsigned char *data, size_t size) {
    cloudabi_ciovec_t vectors[2] = {
        {.buf = f->wbase, .buf_len = f->wpos - f->wbase},
        {.buf = data, .buf_len = size},
    };
    size_t first = vectors[0].buf_len == 0;
    while (first < 2 && vectors[0].buf_len + vectors[1].buf_len > 0) {
        size_t count;
        cloudabi_errno_t error = cloudabi_sys_fd_write(f->fd, vectors + first, 2 - first, &count);
        if (error) {
            errno = error;
            f->flags |= F_ERR;
            f->wbase = f->wpos = f->wend = NULL;
            return size - vectors[1].buf_len;
        }
        for (; first < 2 && count >= vectors[first].buf_len; ++first) {
            count -= vectors[first].buf_len;
            vectors[first].buf_len = 0;
        }
        if (first < 2) {
            vectors[first].buf = (const char *)vectors[first].buf + count;
            vectors[first].buf_len -= count;
        }
    }
    f->wbase = f->wpos = f->buf;
    f->wend = f->buf + f->buf_size;
    return size;
}
