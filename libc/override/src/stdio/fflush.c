// SPDX-License-Identifier: BSD-2-Clause
#include "stdio_impl.h"

static int flush(FILE *f) {
    if (f->wpos != f->wbase) {
        f->write(f, NULL, 0);
        if (f->wpos == NULL)
            return EOF;
    }
    // What cannot be given back stays readable.
    if (f->rpos != f->rend && f->seek(f, f->rpos - f->rend, SEEK_CUR) < 0)
        return 0;
    f->wbase = f->wpos = f->wend = NULL;
    f->rpos = f->rend = NULL;
    return 0;
}

static int flush_all(void) {
    int result = 0;
    for (FILE *f = *__ofl_lock(); f; f = f->next) {
        FLOCK(f);
        if (f->wpos != f->wbase)
            result |= flush(f);
        FUNLOCK(f);
    }
    __ofl_unlock();
    return result;
}

int fflush(FILE *f) {
    if (f == NULL)
        return flush_all();
    FLOCK(f);
    int result = flush(f);
    FUNLOCK(f);
    return result;
}

weak_alias(fflush, fflush_unlocked);
