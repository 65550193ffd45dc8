// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <unistd.h>

#include "failure.h"

int close(int fd) {
    return __result(cloudabi_sys_fd_close(fd));
}
