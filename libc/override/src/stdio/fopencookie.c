// SPDX-License-Identifier: BSD-2-Clause
// A stream on functions of the program.

#define _GNU_SOURCE
#include <errno.h>

#include "stdio_impl.h"

struct cookie {
    void *cookie;
    cookie_io_functions_t io;
};

static ssize_t get(FILE *f, unsigned char *data, size_t size) {
    struct cookie *c = f->cookie;
    return c->io.read == NULL ? 0 : c->io.read(c->cookie, (char *)data, size);
}

static size_t put(FILE *f, const unsigned char *data, size_t size) {
    struct cookie *c = f->cookie;
    if (c->io.write == NULL)
        return size;
    size_t done = 0;
    while (done < size) {
        ssize_t count = c->io.write(c->cookie, (const char *)data + done, size - done);
        if (count <= 0)
            break;
        done += count;
    }
    return done;
}

static size_t read_cookie(FILE *f, unsigned char *data, size_t size) {
    return __stream_read(f, data, size, get);
}

static size_t write_cookie(FILE *f, const unsigned char *data, size_t size) {
    return __stream_write(f, data, size, put);
}

static off_t seek_cookie(FILE *f, off_t offset, int whence) {
    struct cookie *c = f->cookie;
    if (c->io.seek == NULL) {
        errno = ESPIPE;
        return -1;
    }
    return c->io.seek(c->cookie, &offset, whence) < 0 ? -1 : offset;
}

static int close_cookie(FILE *f) {
    struct cookie *c = f->cookie;
    return c->io.close == NULL ? 0 : c->io.close(c->cookie);
}

FILE *fopencookie(void *cookie, const char *mode, cookie_io_functions_t io) {
    FILE *f = __stream_new(mode, sizeof(struct cookie));
    if (f == NULL)
        return NULL;
    *(struct cookie *)f->cookie = (struct cookie){.cookie = cookie, .io = io};
    f->read = read_cookie;
    f->write = write_cookie;
    f->seek = seek_cookie;
    f->close = close_cookie;
    return __ofl_add(f);
}
