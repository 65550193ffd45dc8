// SPDX-License-Identifier: BSD-2-Clause
// The end of the process as an abnormal one.

#include <cloudabi_syscalls.h>
#include <stdlib.h>

_Noreturn void abort(void) {
    cloudabi_sys_proc_raise(CLOUDABI_SIGABRT);
    // Nothing can be caught: only where the system lacks the call is this reached.
    cloudabi_sys_proc_exit(1);
}
