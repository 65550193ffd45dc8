// SPDX-License-Identifier: BSD-2-Clause
#include <stdlib.h>

#include "stdio_impl.h"

static void delist(FILE *f) {
    FILE **head = __ofl_lock();
    if (f->prev)
        f->prev->next = f->next;
    if (f->next)
        f->next->prev = f->prev;
    if (*head == f)
        *head = f->next;
    __ofl_unlock();
}

int fclose(FILE *f) {
    // First, so that nobody who walks the list meets what is being taken apart.
    if (!(f->flags & F_PERM))
        delist(f);
    int held = __lockfile(f);
    int result = fflush(f);
    result |= f->close(f);
    if (f->flags & F_PERM) {
        free(f->owned);
        free(f->getln_buf);
        __stderr_reset();
        if (held)
            __unlockfile(f);
        return result;
    }
    __unlist_locked_file(f);
    __unlockfile(f);
    __stream_free(f);
    return result;
}
