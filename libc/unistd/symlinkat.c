// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

int symlinkat(const char *target, int fd, const char *path) {
    return __path_result(cloudabi_sys_file_symlink(target, strlen(target), fd, path, strlen(path)),
                         fd);
}

ssize_t readlinkat(int fd, const char *restrict path, char *restrict target, size_t size) {
    size_t used;
    cloudabi_errno_t error =
        cloudabi_sys_file_readlink(fd, path, strlen(path), target, size, &used);
    return error ? __path_result(error, fd) : (ssize_t)used;
}
