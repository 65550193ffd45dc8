// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <unistd.h>

#include "failure.h"

int fsync(int fd) {
    return __result(cloudabi_sys_fd_sync(fd));
}

int fdatasync(int fd) {
    return __result(cloudabi_sys_fd_datasync(fd));
}
