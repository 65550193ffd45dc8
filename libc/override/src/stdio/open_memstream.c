// SPDX-License-Identifier: BSD-2-Clause
// A stream that writes to memory which grows.

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "stdio_impl.h"

struct memory {
    char **data_out;
    size_t *len_out;
    char *data; // zero from `len` on, at least one byte of it
    size_t space, len, pos;
};

static bool reserve(struct memory *m, size_t needed) {
    if (needed <= m->space)
        return true;
    if (needed < 2 * m->space)
        needed = 2 * m->space;
    char *data = realloc(m->data, needed);
    if (data == NULL)
        return false;
    memset(data + m->space, 0, needed - m->space);
    m->data = *m->data_out = data;
    m->space = needed;
    return true;
}

// What the program sees is as long as what was written, but ends where the stream stands.
static void tell_length(struct memory *m) {
    *m->len_out = m->pos < m->len ? m->pos : m->len;
}

static size_t put(FILE *f, const unsigned char *data, size_t size) {
    struct memory *m = f->cookie;
    if (size > SSIZE_MAX - 1 - m->pos || !reserve(m, m->pos + size + 1))
        return 0;
    memcpy(m->data + m->pos, data, size);
    m->pos += size;
    if (m->pos > m->len)
        m->len = m->pos;
    tell_length(m);
    return size;
}

static size_t write_memory(FILE *f, const unsigned char *data, size_t size) {
    return __stream_write(f, data, size, put);
}

static off_t seek_memory(FILE *f, off_t offset, int whence) {
    struct memory *m = f->cookie;
    off_t result = __stream_position(offset, whence, m->pos, m->len, SSIZE_MAX - 1);
    if (result >= 0) {
        m->pos = result;
        tell_length(m);
    }
    return result;
}

static int close_memory(FILE *f) {
    return 0;
}

FILE *open_memstream(char **data, size_t *len) {
    FILE *f = __stream_new("w", sizeof(struct memory));
    if (f == NULL)
        return NULL;
    struct memory *m = f->cookie;
    m->data_out = data;
    m->len_out = len;
    if (!reserve(m, 64)) {
        __stream_free(f);
        return NULL;
    }
    *len = 0;
    f->mode = -1;
    f->write = write_memory;
    f->seek = seek_memory;
    f->close = close_memory;
    return __ofl_add(f);
}
