// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "failure.h"
#include "filestat.h"

// The ABI has no call that changes nothing; then only the descriptor is looked at.
static cloudabi_errno_t check_open(int fd) {
    cloudabi_fdstat_t stat;
    return cloudabi_sys_fd_stat_get(fd, &stat);
}

int futimens(int fd, const struct timespec times[2]) {
    cloudabi_filestat_t stat;
    cloudabi_fsflags_t flags;
    int invalid = __filestat_times(times, &stat, &flags);
    if (invalid)
        return __fail(invalid);
    return __result(flags == 0 ? check_open(fd) : cloudabi_sys_file_stat_fput(fd, &stat, flags));
}

int utimensat(int fd, const char *path, const struct timespec times[2], int flag) {
    cloudabi_filestat_t stat;
    cloudabi_fsflags_t flags;
    int invalid = __filestat_times(times, &stat, &flags);
    if (invalid || (flag & ~AT_SYMLINK_NOFOLLOW) != 0)
        return __fail(EINVAL);
    if (flags == 0)
        return __result(check_open(fd));
    cloudabi_lookup_t lookup = {
        .fd = fd,
        .flags = flag & AT_SYMLINK_NOFOLLOW ? 0 : CLOUDABI_LOOKUP_SYMLINK_FOLLOW,
    };
    return __path_result(cloudabi_sys_file_stat_put(lookup, path, strlen(path), &stat, flags), fd);
}
