// SPDX-License-Identifier: BSD-2-Clause
// proc_exit.

#include "fds.h"

EXPORT _Noreturn void cloudabi_sys_proc_exit(cloudabi_exitcode_t rval) {
    process_end_all();
    for (;;)
        LINUX(exit_group, rval);
}
