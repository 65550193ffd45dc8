// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <unistd.h>

#include "failure.h"

// Terminals are character devices like any other: nothing of theirs could be controlled.
int isatty(int fd) {
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    errno = error ? error : ENOTTY;
    return 0;
}
