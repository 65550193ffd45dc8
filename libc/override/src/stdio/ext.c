// SPDX-License-Identifier: BSD-2-Clause
// What <stdio_ext.h> tells about a stream.

#define _GNU_SOURCE
#include <stdio_ext.h>

#include "stdio_impl.h"

void _flushlbf(void) {
    fflush(NULL);
}

// Each stream is always locked by the library; there is nothing to choose.
int __fsetlocking(FILE *f, int type) {
    return FSETLOCKING_INTERNAL;
}

int __fwriting(FILE *f) {
    return (f->flags & F_NORD) || f->wend != NULL;
}

int __freading(FILE *f) {
    return (f->flags & F_NOWR) || f->rend != NULL;
}

int __freadable(FILE *f) {
    return !(f->flags & F_NORD);
}

int __fwritable(FILE *f) {
    return !(f->flags & F_NOWR);
}

int __flbf(FILE *f) {
    return f->lbf >= 0;
}

size_t __fbufsize(FILE *f) {
    return f->buf_size;
}

size_t __fpending(FILE *f) {
    return f->wpos - f->wbase;
}

// Drops what is buffered, in both directions.
int __fpurge(FILE *f) {
    f->wbase = f->wpos = f->wend = NULL;
    f->rpos = f->rend = NULL;
    return 0;
}
