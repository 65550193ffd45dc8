// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <string.h>
#include <sys/stat.h>

#include "failure.h"

// Permissions are not visible: `mode` has no meaning.
int mkdirat(int fd, const char *path, mode_t mode) {
    return __path_result(
        cloudabi_sys_file_create(fd, path, strlen(path), CLOUDABI_FILETYPE_DIRECTORY), fd);
}
