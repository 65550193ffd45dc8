// SPDX-License-Identifier: BSD-2-Clause
// fd_close, fd_dup, fd_replace.

#include "fds.h"

EXPORT cloudabi_errno_t cloudabi_sys_fd_close(cloudabi_fd_t fd) {
    return fd_release(fd);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_dup(cloudabi_fd_t from, cloudabi_fd_t *fd) {
    struct descriptor what;
    cloudabi_errno_t error = fd_get(from, 0, &what);
    if (error != 0)
        return error;
    if (what.alone)
        fd_share(from);
    what.alone = false;
    return fd_give(LINUX(fcntl, from, F_DUPFD_CLOEXEC, 0), &what, fd);
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_replace(cloudabi_fd_t from, cloudabi_fd_t to) {
    fds_lock();
    struct descriptor *source = fds_entry(from);
    struct descriptor *target = fds_entry(to);
    if (source == NULL || target == NULL || from == to) {
        fds_unlock();
        return source == NULL || target == NULL ? CLOUDABI_EBADF : CLOUDABI_ESUCCESS;
    }
    // A child process on the way out lives until its descriptor is gone: keep it aside.
    linux_result aside = -1;
    if (target->owner) {
        aside = LINUX(fcntl, to, F_DUPFD_CLOEXEC, 0);
        if (aside < 0) {
            fds_unlock();
            return errno_from_linux(aside);
        }
    }
    struct descriptor released = *target;
    source->alone = false;
    linux_result result;
    do
        result = LINUX(dup3, from, to, O_CLOEXEC);
    while (result == -EINTR || result == -EBUSY);
    if (result >= 0)
        fds_set(target, source);
    fds_unlock();
    if (aside >= 0) {
        if (result < 0) {
            LINUX(close, aside);
        } else {
            // As if `to` had moved aside before: closing that is closing `to`.
            cloudabi_fd_t moved;
            if (fd_enter(aside, &released, &moved) == CLOUDABI_ESUCCESS)
                fd_release(moved);
        }
    }
    return errno_from_linux(result);
}
