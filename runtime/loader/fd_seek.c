// SPDX-License-Identifier: BSD-2-Clause
// fd_seek.

#include "fds.h"
#include "user.h"

EXPORT cloudabi_errno_t cloudabi_sys_fd_seek(cloudabi_fd_t fd, cloudabi_filedelta_t offset,
                                             cloudabi_whence_t whence,
                                             cloudabi_filesize_t *newoffset) {
    bool tell = whence == CLOUDABI_WHENCE_CUR && offset == 0;
    struct descriptor what;
    cloudabi_errno_t error =
        fd_get(fd, tell ? CLOUDABI_RIGHT_FD_TELL : CLOUDABI_RIGHT_FD_SEEK, &what);
    if (error != 0)
        return error;
    int linux_whence;
    switch (whence) {
    case CLOUDABI_WHENCE_CUR:
        linux_whence = SEEK_CUR;
        break;
    case CLOUDABI_WHENCE_END:
        linux_whence = SEEK_END;
        break;
    case CLOUDABI_WHENCE_SET:
        linux_whence = SEEK_SET;
        break;
    default:
        return CLOUDABI_EINVAL;
    }
    linux_result result = LINUX(lseek, fd, offset, linux_whence);
    if (result < 0)
        return errno_from_linux(result);
    return user_put64(newoffset, (uint64_t)result) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}
