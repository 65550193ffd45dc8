// SPDX-License-Identifier: BSD-2-Clause
// fd_sync, fd_datasync.

#include "fds.h"

EXPORT cloudabi_errno_t cloudabi_sys_fd_sync(cloudabi_fd_t fd) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_SYNC);
    return error != 0 ? error : errno_from_linux(LINUX(fsync, fd));
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_datasync(cloudabi_fd_t fd) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_DATASYNC);
    return error != 0 ? error : errno_from_linux(LINUX(fdatasync, fd));
}
