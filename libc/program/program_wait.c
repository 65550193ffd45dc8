// SPDX-License-Identifier: BSD-2-Clause
// Waiting for a child's end.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <program.h>

int program_wait(int process, unsigned *status, int *signal) {
    cloudabi_subscription_t subscription = {
        .type = CLOUDABI_EVENTTYPE_PROC_TERMINATE,
        .proc_terminate.fd = (cloudabi_fd_t)process,
    };
    cloudabi_event_t event;
    size_t fired;
    cloudabi_errno_t error = cloudabi_sys_poll(&subscription, &event, 1, &fired);
    if (error == 0)
        error = event.error;
    if (error != 0)
        return error == CLOUDABI_ENOTCAPABLE ? EINVAL : error;
    *status = event.proc_terminate.exitcode;
    *signal = event.proc_terminate.signal;
    return 0;
}
