// SPDX-License-Identifier: BSD-2-Clause
// The stream for diagnostics. Nothing is granted by being there, so at first it has no descriptor:
// what is written is dropped, successfully and without being kept, as on a null device. fswap()
// attaches a stream that the program was granted.

#include <errno.h>

#include "stdio_impl.h"

#undef stderr

static unsigned char nothing[1];

static size_t drop(FILE *f, const unsigned char *data, size_t size) {
    f->wpos = f->wbase = f->buf;
    f->wend = f->buf + f->buf_size;
    return size;
}

static off_t no_position(FILE *f, off_t offset, int whence) {
    errno = ESPIPE;
    return -1;
}

static int close_nothing(FILE *f) {
    return 0;
}

hidden FILE __stderr_FILE = {
    .flags = F_PERM | F_NORD,
    .fd = -1,
    .lbf = EOF,
    .buf = nothing,
    .write = drop,
    .seek = no_position,
    .close = close_nothing,
};
FILE *const stderr = &__stderr_FILE;

void __stderr_reset(void) {
    FILE *f = &__stderr_FILE;
    f->flags = F_PERM | F_NORD;
    f->fd = -1;
    f->mode = 0;
    f->lbf = EOF;
    f->rpos = f->rend = f->wbase = f->wpos = f->wend = NULL;
    f->buf = nothing;
    f->buf_size = 0;
    f->read = NULL;
    f->write = drop;
    f->seek = no_position;
    f->close = close_nothing;
    f->cookie = f->owned = f->getln_buf = NULL;
    f->locale = NULL;
}
