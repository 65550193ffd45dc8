// SPDX-License-Identifier: BSD-2-Clause
// The end of the process, at once.

#include <cloudabi_syscalls.h>
#include <stdlib.h>
#include <unistd.h>

_Noreturn void _Exit(int code) {
    cloudabi_sys_proc_exit((cloudabi_exitcode_t)code);
}

_Noreturn void _exit(int code) {
    _Exit(code);
}
