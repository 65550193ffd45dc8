// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "directory.h"

static cloudabi_errno_t check_directory(int fd) {
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    if (error)
        return error;
    if (stat.fs_filetype != CLOUDABI_FILETYPE_DIRECTORY)
        return ENOTDIR;
    return stat.fs_rights_base & CLOUDABI_RIGHT_FILE_READDIR ? 0 : ENOTCAPABLE;
}

DIR *fdopendir(int fd) {
    cloudabi_errno_t error = check_directory(fd);
    if (error) {
        errno = error;
        return NULL;
    }
    DIR *dir = calloc(1, sizeof(*dir));
    char *data = malloc(4096);
    if (dir == NULL || data == NULL) {
        free(dir);
        free(data);
        return NULL;
    }
    dir->fd = fd;
    dir->data = data;
    dir->size = 4096;
    __directory_position(dir, CLOUDABI_DIRCOOKIE_START);
    return dir;
}

DIR *opendirat(int dirfd, const char *path) {
    int fd = openat(dirfd, path, O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return NULL;
    DIR *dir = fdopendir(fd);
    if (dir == NULL)
        close(fd);
    return dir;
}
