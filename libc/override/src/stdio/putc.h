/* SPDX-License-Identifier: BSD-2-Clause */
/* What fputc(), putc() and their kin have in common. */
#include "stdio_impl.h"

static inline int do_putc(int c, FILE *f) {
    FLOCK(f);
    c = putc_unlocked(c, f);
    FUNLOCK(f);
    return c;
}
