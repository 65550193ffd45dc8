// SPDX-License-Identifier: BSD-2-Clause
#include <string.h>

#include "stdio_impl.h"

// A stream for diagnostics is never fully buffered unless somebody asked for it: C11 7.21.3.
static void settle(FILE *f) {
    if ((f->flags & (F_PERM | F_SVB)) == F_PERM && f->buf_size > 0)
        f->lbf = '\n';
}

void fswap(FILE *a, FILE *b) {
    if (a == b)
        return;
    // Two threads that swap the same two take the locks in the same order.
    FILE *first = a < b ? a : b, *second = a < b ? b : a;
    int held_first = __lockfile(first), held_second = __lockfile(second);

    enum { contents = offsetof(FILE, prev) };
    unsigned char saved[contents];
    memcpy(saved, a, contents);
    memcpy(a, b, contents);
    memcpy(b, saved, contents);
    unsigned differs = (a->flags ^ b->flags) & F_PERM;
    a->flags ^= differs;
    b->flags ^= differs;
    settle(a);
    settle(b);

    if (held_second)
        __unlockfile(second);
    if (held_first)
        __unlockfile(first);
}
