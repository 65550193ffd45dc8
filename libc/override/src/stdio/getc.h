/* SPDX-License-Identifier: BSD-2-Clause */
/* What fgetc(), getc() and their kin have in common. */
#include "stdio_impl.h"

static inline int do_getc(FILE *f) {
    FLOCK(f);
    int c = getc_unlocked(f);
    FUNLOCK(f);
    return c;
}
