// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <unistd.h>

#include "failure.h"

off_t __lseek(int fd, off_t offset, int whence) {
    static const cloudabi_whence_t whences[] = {
        [SEEK_CUR] = CLOUDABI_WHENCE_CUR,
        [SEEK_END] = CLOUDABI_WHENCE_END,
        [SEEK_SET] = CLOUDABI_WHENCE_SET,
    };
    if (whence < 0 || whence >= (int)sizeof(whences))
        return __fail(EINVAL);
    cloudabi_filesize_t result;
    cloudabi_errno_t error = cloudabi_sys_fd_seek(fd, offset, whences[whence], &result);
    return error ? __fail(error) : (off_t)result;
}

weak_alias(__lseek, lseek);
