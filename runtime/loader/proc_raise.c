// SPDX-License-Identifier: BSD-2-Clause
// proc_raise. A signal that ends the process must not let it go on, whatever the host does.

#include "fds.h"
#include "signals.h"
#include "user.h"

// Process 1 of a name space is spared its own signals, and a fatal one may reach another thread
// first: wait a little, then end it in another way.
static _Noreturn void end_with(int signal) {
    struct __kernel_timespec second = {.tv_sec = 1};
    LINUX(clock_nanosleep, CLOCK_MONOTONIC, 0, &second, NULL);
    if (signal == SIGABRT)
        __builtin_trap();
    cloudabi_sys_proc_exit(128 + (cloudabi_exitcode_t)signal);
}

EXPORT cloudabi_errno_t cloudabi_sys_proc_raise(cloudabi_signal_t sig) {
    if (sig == 0)
        return CLOUDABI_ESUCCESS;
    int signal = signal_to_linux(sig);
    switch (signal) {
    case 0:
        return CLOUDABI_EINVAL;
    case SIGCHLD:
    case SIGCONT:
    case SIGPIPE:
    case SIGURG:
        return CLOUDABI_ESUCCESS;
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
        return errno_from_linux(
            LINUX(pidfd_send_signal, LINUX_PIDFD_SELF_THREAD_GROUP, signal, NULL, 0));
    default:
        process_end_all();
        fault_default(signal);
        LINUX(pidfd_send_signal, LINUX_PIDFD_SELF_THREAD_GROUP, signal, NULL, 0);
        end_with(signal);
    }
}
