// SPDX-License-Identifier: BSD-2-Clause
// What happens to the streams when the program ends: output is written, and input that was read
// ahead is given back.

#include "stdio_impl.h"

void __stdio_exit(void) {
    for (FILE *f = *__ofl_lock(); f; f = f->next) {
        FFINALLOCK(f);
        if (f->wpos != f->wbase)
            f->write(f, NULL, 0);
        if (f->rpos != f->rend)
            f->seek(f, f->rpos - f->rend, SEEK_CUR);
    }
}

weak_alias(__stdio_exit, __stdio_exit_needed);
