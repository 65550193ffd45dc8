// SPDX-License-Identifier: BSD-2-Clause
// The lock of a stream, as a program takes it: counted, and given back when the thread ends.

#include <limits.h>

#include "pthread_impl.h"
#include "stdio_impl.h"

void __enlist_locked_file(FILE *f) {
    struct pthread *self = __pthread_self();
    f->lockcount = 1;
    f->prev_locked = NULL;
    f->next_locked = self->stdio_locks;
    if (f->next_locked)
        f->next_locked->prev_locked = f;
    self->stdio_locks = f;
}

void __unlist_locked_file(FILE *f) {
    if (f->lockcount == 0)
        return;
    if (f->next_locked)
        f->next_locked->prev_locked = f->prev_locked;
    if (f->prev_locked)
        f->prev_locked->next_locked = f->next_locked;
    else
        __pthread_self()->stdio_locks = f->next_locked;
    f->lockcount = 0;
}

int ftrylockfile(FILE *f) {
    if (__lockword_owned(&f->lock)) {
        if (f->lockcount == LONG_MAX)
            return -1;
        if (f->lockcount++ == 0)
            __enlist_locked_file(f);
        return 0;
    }
    if (__lockword_trywrlock(&f->lock) != 0)
        return -1;
    __enlist_locked_file(f);
    return 0;
}

// Nobody else could ever release them.
void __do_orphaned_stdio_locks(void) {
    for (FILE *f; (f = __pthread_self()->stdio_locks) != NULL;) {
        __unlist_locked_file(f);
        __unlockfile(f);
    }
}
