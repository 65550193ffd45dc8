// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "failure.h"
#include "filestat.h"

int fstat(int fd, struct stat *buf) {
    cloudabi_filestat_t stat;
    cloudabi_errno_t error = cloudabi_sys_file_stat_fget(fd, &stat);
    if (error)
        return __fail(error);
    __filestat_convert(&stat, buf);
    return 0;
}

int fstatat(int fd, const char *restrict path, struct stat *restrict buf, int flag) {
    if (flag & ~AT_SYMLINK_NOFOLLOW)
        return __fail(EINVAL);
    cloudabi_lookup_t lookup = {
        .fd = fd,
        .flags = flag & AT_SYMLINK_NOFOLLOW ? 0 : CLOUDABI_LOOKUP_SYMLINK_FOLLOW,
    };
    cloudabi_filestat_t stat;
    cloudabi_errno_t error = cloudabi_sys_file_stat_get(lookup, path, strlen(path), &stat);
    if (error)
        return __path_result(error, fd);
    __filestat_convert(&stat, buf);
    return 0;
}
