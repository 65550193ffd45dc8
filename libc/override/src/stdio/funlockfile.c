// SPDX-License-Identifier: BSD-2-Clause
#include "stdio_impl.h"

void funlockfile(FILE *f) {
    if (f->lockcount > 1) {
        --f->lockcount;
        return;
    }
    __unlist_locked_file(f);
    __unlockfile(f);
}
