// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <limits.h>
#include <unistd.h>

#include "failure.h"

// What holds for every file system. -1 with errno unchanged means: no limit is known.
long fpathconf(int fd, int name) {
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    if (error)
        return __fail(error);
    switch (name) {
    case _PC_CHOWN_RESTRICTED:
    case _PC_NO_TRUNC:
    case _PC_2_SYMLINKS:
    case _PC_SYNC_IO:
        return 1;
    case _PC_FILESIZEBITS:
        return 64;
    case _PC_NAME_MAX:
        return NAME_MAX;
    case _PC_PATH_MAX:
        return PATH_MAX;
    case _PC_PIPE_BUF:
        // A pipe is a pair of sockets, whose writes may be split anywhere.
        return -1;
    case _PC_LINK_MAX:
    case _PC_MAX_CANON:
    case _PC_MAX_INPUT:
    case _PC_VDISABLE:
    case _PC_ASYNC_IO:
    case _PC_PRIO_IO:
    case _PC_SOCK_MAXBUF:
    case _PC_REC_INCR_XFER_SIZE:
    case _PC_REC_MAX_XFER_SIZE:
    case _PC_REC_MIN_XFER_SIZE:
    case _PC_REC_XFER_ALIGN:
    case _PC_ALLOC_SIZE_MIN:
    case _PC_SYMLINK_MAX:
        return -1;
    default:
        return __fail(EINVAL);
    }
}
