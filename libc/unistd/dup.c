// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <unistd.h>

#include "failure.h"

int dup(int fd) {
    cloudabi_fd_t result;
    cloudabi_errno_t error = cloudabi_sys_fd_dup(fd, &result);
    return error ? __fail(error) : (int)result;
}

// The system chooses the numbers of new descriptors and replaces only those that are open, so a
// closed `to` is EBADF.
int dup2(int from, int to) {
    cloudabi_errno_t error = cloudabi_sys_fd_replace(from, to);
    return error ? __fail(error) : to;
}

int dup3(int from, int to, int flags) {
    if (from == to || (flags & ~O_CLOEXEC) != 0)
        return __fail(EINVAL);
    return dup2(from, to);
}
