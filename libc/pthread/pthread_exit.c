// SPDX-License-Identifier: BSD-2-Clause
// The end of a thread. That of the last one is the end of the process, by exit(0).

#include <cloudabi_syscalls.h>
#include <stdlib.h>

#include "thread.h"

// Overridden by the files that give threads something to clean up.
static void nothing(void) {}
weak_alias(nothing, __pthread_tsd_run_dtors);
weak_alias(nothing, __do_orphaned_stdio_locks);

_Noreturn void pthread_exit(void *result) {
    struct pthread *self = __pthread_self();
    self->result = result;
    while (self->cancelbuf != NULL)
        _pthread_cleanup_pop(self->cancelbuf, 1);
    __pthread_tsd_run_dtors();
    __do_orphaned_stdio_locks();

    if (atomic_fetch_sub(&__other_threads, 1) == 0) {
        __other_threads = 0;
        exit(0);
    }
    int expected = DT_JOINABLE;
    if (!atomic_compare_exchange_strong(&self->detach_state, &expected, DT_EXITED))
        __thread_leave_to_reap(self);
    cloudabi_sys_thread_exit(&self->join, CLOUDABI_SCOPE_PRIVATE);
}
