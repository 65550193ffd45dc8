// SPDX-License-Identifier: BSD-2-Clause
// file_advise, file_allocate.

#include "fds.h"

EXPORT cloudabi_errno_t cloudabi_sys_file_advise(cloudabi_fd_t fd, cloudabi_filesize_t offset,
                                                 cloudabi_filesize_t len,
                                                 cloudabi_advice_t advice) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FILE_ADVISE);
    if (error != 0)
        return error;
    int linux_advice;
    switch (advice) {
    case CLOUDABI_ADVICE_DONTNEED:
        linux_advice = POSIX_FADV_DONTNEED;
        break;
    case CLOUDABI_ADVICE_NOREUSE:
        linux_advice = POSIX_FADV_NOREUSE;
        break;
    case CLOUDABI_ADVICE_NORMAL:
        linux_advice = POSIX_FADV_NORMAL;
        break;
    case CLOUDABI_ADVICE_RANDOM:
        linux_advice = POSIX_FADV_RANDOM;
        break;
    case CLOUDABI_ADVICE_SEQUENTIAL:
        linux_advice = POSIX_FADV_SEQUENTIAL;
        break;
    case CLOUDABI_ADVICE_WILLNEED:
        linux_advice = POSIX_FADV_WILLNEED;
        break;
    default:
        return CLOUDABI_EINVAL;
    }
    return errno_from_linux(LINUX(fadvise64, fd, offset, len, linux_advice));
}

EXPORT cloudabi_errno_t cloudabi_sys_file_allocate(cloudabi_fd_t fd, cloudabi_filesize_t offset,
                                                   cloudabi_filesize_t len) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FILE_ALLOCATE);
    if (error != 0)
        return error;
    linux_result result;
    do
        result = LINUX(fallocate, fd, 0, offset, len);
    while (result == -EINTR);
    return errno_from_linux(result);
}
