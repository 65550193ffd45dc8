// SPDX-License-Identifier: BSD-2-Clause
// Cleanup handlers, which pthread_exit() runs, the newest first.

#include "pthread_impl.h"

void _pthread_cleanup_push(struct __ptcb *entry, void (*handler)(void *), void *argument) {
    struct pthread *self = __pthread_self();
    *entry = (struct __ptcb){handler, argument, self->cancelbuf};
    self->cancelbuf = entry;
}

void _pthread_cleanup_pop(struct __ptcb *entry, int run) {
    __pthread_self()->cancelbuf = entry->__next;
    if (run)
        entry->__f(entry->__x);
}
