// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <stdio.h>
#include <string.h>

#include "failure.h"

int renameat(int fd1, const char *path1, int fd2, const char *path2) {
    return __path_result2(
        cloudabi_sys_file_rename(fd1, path1, strlen(path1), fd2, path2, strlen(path2)), fd1, fd2);
}
