// SPDX-License-Identifier: BSD-2-Clause
#include "stdio_impl.h"

void flockfile(FILE *f) {
    if (ftrylockfile(f) == 0)
        return;
    __lockfile(f);
    __enlist_locked_file(f);
}
