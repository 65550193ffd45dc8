// SPDX-License-Identifier: BSD-2-Clause
// The default action of a signal against the process itself.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <signal.h>

int raise(int sig) {
    if (sig == 0)
        return 0;
    cloudabi_errno_t error =
        sig < 0 || sig >= _NSIG ? EINVAL : cloudabi_sys_proc_raise((cloudabi_signal_t)sig);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
