// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

int unlinkat(int fd, const char *path, int flag) {
    if (flag & ~AT_REMOVEDIR)
        return __fail(EINVAL);
    return __path_result(
        cloudabi_sys_file_unlink(fd, path, strlen(path),
                                 flag & AT_REMOVEDIR ? CLOUDABI_UNLINK_REMOVEDIR : 0),
        fd);
}
