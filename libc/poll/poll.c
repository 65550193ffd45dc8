// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <poll.h>

#include "failure.h"
#include "waiting.h"

int poll(struct pollfd *fds, nfds_t count, int milliseconds) {
    struct timespec timeout = {
        .tv_sec = milliseconds / 1000,
        .tv_nsec = milliseconds % 1000 * 1000000L,
    };
    return __wait_for_descriptors(fds, count, milliseconds < 0 ? NULL : &timeout);
}

// There are no signals to let through: a mask would be a promise that cannot be kept.
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
    if (mask != NULL)
        return __fail(ENOTSUP);
    return __wait_for_descriptors(fds, count, timeout);
}
