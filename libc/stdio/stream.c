// SPDX-License-Identifier: BSD-2-Clause
// What all kinds of streams are made of.

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stdio_impl.h"

FILE *__stream_new(const char *mode, size_t cookie_size) {
    if (*mode != 'r' && *mode != 'w' && *mode != 'a') {
        errno = EINVAL;
        return NULL;
    }
    size_t align = _Alignof(max_align_t);
    size_t before = (cookie_size + UNGET + align - 1) & ~(align - 1);
    FILE *f = calloc(1, sizeof(*f));
    unsigned char *owned = calloc(1, before + BUFSIZ);
    if (f == NULL || owned == NULL) {
        free(f);
        free(owned);
        return NULL;
    }
    if (strchr(mode, '+') == NULL)
        f->flags = *mode == 'r' ? F_NOWR : F_NORD;
    f->fd = -1;
    f->lbf = EOF;
    f->owned = f->cookie = owned;
    f->buf = owned + before;
    f->buf_size = BUFSIZ;
    return f;
}

void __stream_free(FILE *f) {
    free(f->owned);
    free(f->getln_buf);
    free(f);
}

size_t __stream_read(FILE *f, unsigned char *data, size_t size,
                     ssize_t (*get)(FILE *f, unsigned char *data, size_t size)) {
    bool direct = size > f->buf_size;
    ssize_t count = direct ? get(f, data, size) : get(f, f->buf, f->buf_size);
    if (count <= 0) {
        f->flags |= count == 0 ? F_EOF : F_ERR;
        return 0;
    }
    if (direct)
        return count;
    f->rpos = f->buf;
    f->rend = f->buf + count;
    if (size > (size_t)count)
        size = count;
    memcpy(data, f->rpos, size);
    f->rpos += size;
    return size;
}

size_t __stream_write(FILE *f, const unsigned char *data, size_t size,
                      size_t (*put)(FILE *f, const unsigned char *data, size_t size)) {
    size_t pending = f->wpos - f->wbase;
    size_t count = 0;
    if (pending == 0 || put(f, f->wbase, pending) == pending) {
        f->wbase = f->wpos = f->buf;
        f->wend = f->buf + f->buf_size;
        count = size == 0 ? 0 : put(f, data, size);
        if (count == size)
            return count;
    }
    f->flags |= F_ERR;
    f->wbase = f->wpos = f->wend = NULL;
    return count;
}

off_t __stream_position(off_t offset, int whence, size_t pos, size_t len, size_t max) {
    off_t base = whence == SEEK_CUR ? (off_t)pos : whence == SEEK_END ? (off_t)len : 0;
    off_t result;
    if ((whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) ||
        __builtin_add_overflow(base, offset, &result) || result < 0 || (size_t)result > max) {
        errno = EINVAL;
        return -1;
    }
    return result;
}
