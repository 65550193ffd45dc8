// SPDX-License-Identifier: BSD-2-Clause
// A stream that writes wide characters to memory which grows.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "stdio_impl.h"

// In characters.
#define MAX (SSIZE_MAX / sizeof(wchar_t) - 1)

struct memory {
    wchar_t **data_out;
    size_t *len_out;
    wchar_t *data; // zero from `len` on, at least one character of it
    size_t space, len, pos;
    mbstate_t state;
};

static bool reserve(struct memory *m, size_t needed) {
    if (needed <= m->space)
        return true;
    if (needed < 2 * m->space && m->space <= MAX / 2)
        needed = 2 * m->space;
    wchar_t *data = reallocarray(m->data, needed, sizeof(*data));
    if (data == NULL)
        return false;
    memset(data + m->space, 0, (needed - m->space) * sizeof(*data));
    m->data = *m->data_out = data;
    m->space = needed;
    return true;
}

static void tell_length(struct memory *m) {
    *m->len_out = m->pos < m->len ? m->pos : m->len;
}

// The functions above hand over multibyte text, each byte of it at most one character.
static size_t put(FILE *f, const unsigned char *data, size_t size) {
    struct memory *m = f->cookie;
    if (size > MAX - m->pos || !reserve(m, m->pos + size + 1))
        return 0;
    for (size_t done = 0; done < size;) {
        wchar_t character;
        size_t count = mbrtowc(&character, (const char *)data + done, size - done, &m->state);
        if (count == (size_t)-1)
            return done;
        if (count == (size_t)-2)
            break;
        done += count == 0 ? 1 : count;
        m->data[m->pos++] = character;
    }
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
    off_t result = __stream_position(offset, whence, m->pos, m->len, MAX);
    if (result >= 0) {
        memset(&m->state, 0, sizeof(m->state));
        m->pos = result;
        tell_length(m);
    }
    return result;
}

static int close_memory(FILE *f) {
    return 0;
}

FILE *open_wmemstream(wchar_t **data, size_t *len) {
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
    f->buf_size = 0; // offsets count characters, a buffer's bytes would not
    f->write = write_memory;
    f->seek = seek_memory;
    f->close = close_memory;
    fwide(f, 1);
    return __ofl_add(f);
}
