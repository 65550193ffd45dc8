// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <sys/socket.h>

#include "failure.h"

int shutdown(int fd, int how) {
    static const cloudabi_sdflags_t directions[] = {
        [SHUT_RD] = CLOUDABI_SHUT_RD,
        [SHUT_WR] = CLOUDABI_SHUT_WR,
        [SHUT_RDWR] = CLOUDABI_SHUT_RD | CLOUDABI_SHUT_WR,
    };
    if (how < 0 || how >= (int)sizeof(directions))
        return __fail(EINVAL);
    return __socket_result(cloudabi_sys_sock_shutdown(fd, directions[how]), fd);
}
