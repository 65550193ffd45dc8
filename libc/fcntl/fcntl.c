// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <stdarg.h>

#include "failure.h"

#define FLAGS (O_APPEND | O_DSYNC | O_NONBLOCK | O_RSYNC | O_SYNC)

static int access_mode(cloudabi_rights_t rights) {
    int mode = 0;
    if (rights & (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FILE_READDIR))
        mode |= O_RDONLY;
    if (rights & CLOUDABI_RIGHT_FD_WRITE)
        mode |= O_WRONLY;
    if (mode != 0)
        return mode;
    return rights & CLOUDABI_RIGHT_PROC_EXEC ? O_EXEC : O_SEARCH;
}

int fcntl(int fd, int cmd, ...) {
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    if (error)
        return __fail(error);
    switch (cmd) {
    case F_GETFD:
        return FD_CLOEXEC;
    case F_SETFD:
        // A descriptor is passed on by being named, or not at all.
        return 0;
    case F_GETFL:
        return access_mode(stat.fs_rights_base) | stat.fs_flags;
    case F_SETFL: {
        va_list arguments;
        va_start(arguments, cmd);
        int flags = va_arg(arguments, int);
        va_end(arguments);
        stat.fs_flags = flags & FLAGS;
        return __result(cloudabi_sys_fd_stat_put(fd, &stat, CLOUDABI_FDSTAT_FLAGS));
    }
    default:
        return __fail(EINVAL);
    }
}
