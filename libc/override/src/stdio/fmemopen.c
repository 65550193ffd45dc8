// SPDX-License-Identifier: BSD-2-Clause
// A stream on a piece of memory of fixed size.

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stdio_impl.h"

struct memory {
    unsigned char *data;
    size_t size, len, pos;
};

static ssize_t get(FILE *f, unsigned char *data, size_t size) {
    struct memory *m = f->cookie;
    size_t left = m->pos < m->len ? m->len - m->pos : 0;
    if (size > left)
        size = left;
    memcpy(data, m->data + m->pos, size);
    m->pos += size;
    return size;
}

static size_t put(FILE *f, const unsigned char *data, size_t size) {
    struct memory *m = f->cookie;
    if (f->flags & F_APP)
        m->pos = m->len;
    size_t room = m->size - m->pos;
    if (size > room) {
        size = room;
        errno = ENOSPC;
    }
    memcpy(m->data + m->pos, data, size);
    m->pos += size;
    if (m->pos > m->len) {
        m->len = m->pos;
        // POSIX: a terminator behind what is written, or in the last byte if the stream cannot be
        // read.
        if (m->len < m->size)
            m->data[m->len] = '\0';
        else if (f->flags & F_NORD)
            m->data[m->size - 1] = '\0';
    }
    return size;
}

static size_t read_memory(FILE *f, unsigned char *data, size_t size) {
    return __stream_read(f, data, size, get);
}

static size_t write_memory(FILE *f, const unsigned char *data, size_t size) {
    return __stream_write(f, data, size, put);
}

static off_t seek_memory(FILE *f, off_t offset, int whence) {
    struct memory *m = f->cookie;
    off_t result = __stream_position(offset, whence, m->pos, m->len, m->size);
    if (result >= 0)
        m->pos = result;
    return result;
}

static int close_memory(FILE *f) {
    return 0;
}

FILE *fmemopen(void *restrict data, size_t size, const char *restrict mode) {
    if (data == NULL && size > PTRDIFF_MAX / 2) {
        errno = ENOMEM;
        return NULL;
    }
    FILE *f = __stream_new(mode, sizeof(struct memory) + (data == NULL ? size : 0));
    if (f == NULL)
        return NULL;
    struct memory *m = f->cookie;
    m->data = data != NULL ? data : (unsigned char *)(m + 1);
    m->size = size;
    if (*mode == 'r') {
        m->len = size;
    } else if (*mode == 'a') {
        f->flags |= F_APP;
        m->len = m->pos = strnlen((char *)m->data, size);
    } else if (size > 0) {
        m->data[0] = '\0';
    }
    f->read = read_memory;
    f->write = write_memory;
    f->seek = seek_memory;
    f->close = close_memory;
    return __ofl_add(f);
}
