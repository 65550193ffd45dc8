// SPDX-License-Identifier: BSD-2-Clause
// proc_exit.

#include "exitcode.h"

EXPORT _Noreturn void cloudabi_sys_proc_exit(cloudabi_exitcode_t rval) {
    process_end_all();
    exitcode_tell(rval);
    for (;;)
        LINUX(exit_group, rval);
}
