// SPDX-License-Identifier: BSD-2-Clause
// Permissions are not visible. What can be told beforehand is that the file exists and that the
// directory's inheriting rights allow to open it in that way.

#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

static cloudabi_rights_t rights_for(int mode, bool directory) {
    cloudabi_rights_t rights = 0;
    if (mode & R_OK)
        rights |= directory ? CLOUDABI_RIGHT_FILE_READDIR : CLOUDABI_RIGHT_FD_READ;
    if (mode & W_OK)
        rights |= directory ? CLOUDABI_RIGHT_FILE_CREATE_FILE : CLOUDABI_RIGHT_FD_WRITE;
    if (mode & X_OK)
        rights |= directory ? CLOUDABI_RIGHT_FILE_OPEN : CLOUDABI_RIGHT_PROC_EXEC;
    return rights;
}

int faccessat(int fd, const char *path, int mode, int flag) {
    if ((mode & ~(R_OK | W_OK | X_OK)) != 0 || (flag & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW)) != 0)
        return __fail(EINVAL);
    cloudabi_lookup_t lookup = {
        .fd = fd,
        .flags = flag & AT_SYMLINK_NOFOLLOW ? 0 : CLOUDABI_LOOKUP_SYMLINK_FOLLOW,
    };
    cloudabi_filestat_t file;
    cloudabi_errno_t error = cloudabi_sys_file_stat_get(lookup, path, strlen(path), &file);
    cloudabi_fdstat_t directory;
    if (error == 0)
        error = cloudabi_sys_fd_stat_get(fd, &directory);
    if (error)
        return __path_result(error, fd);
    cloudabi_rights_t needed = rights_for(mode, file.st_filetype == CLOUDABI_FILETYPE_DIRECTORY);
    return needed & ~directory.fs_rights_inheriting ? __fail(EACCES) : 0;
}
