// SPDX-License-Identifier: BSD-2-Clause
// The system call filters, generated from seccomp.toml.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"
#include "listener.h"
#include "seccomp_filter.h"

// A call that the other side has begun is not cut short by a signal, and so never made twice.
static long install(const struct sock_fprog *program) {
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                   SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV,
                   program);
}

static int hand_over(int channel_fd, int listener, struct failure *failure) {
    int sent = listener_send(channel_fd, listener);
    // Who holds it could answer its own calls.
    if (close(listener) != 0 || sent != 0)
        return failure_set(failure, "cannot hand the filter to the supervisor");
    return 0;
}

int layer_seccomp(int channel_fd, struct failure *failure) {
    struct sock_fprog program = {
        .len = sizeof cloudabi_seccomp_filter / sizeof cloudabi_seccomp_filter[0],
        .filter = (struct sock_filter *)cloudabi_seccomp_filter,
    };
    long listener = channel_fd < 0 ? -1 : install(&program);
    if (listener > 0)
        return hand_over(channel_fd, (int)listener, failure);
    // Nobody answers, so the request fails; all else is as it should be.
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        return failure_set(failure,
                           "the kernel denies a system call filter: %s: it needs "
                           "CONFIG_SECCOMP_FILTER",
                           strerror(errno));
    return 0;
}

int layer_seccomp_strict(int channel_fd, struct failure *failure) {
    struct sock_fprog program = {
        .len = sizeof cloudabi_seccomp_strict / sizeof cloudabi_seccomp_strict[0],
        .filter = (struct sock_filter *)cloudabi_seccomp_strict,
    };
    long listener = install(&program);
    if (listener <= 0)
        return failure_set(failure,
                           "the kernel denies a system call filter with a supervisor: %s: it needs "
                           "CONFIG_SECCOMP_FILTER, and that no such filter is there already",
                           listener == 0 ? "no descriptor" : strerror(errno));
    return hand_over(channel_fd, (int)listener, failure);
}
