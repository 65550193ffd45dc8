// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <unistd.h>

#include "failure.h"

int ftruncate(int fd, off_t size) {
    if (size < 0)
        return __fail(EINVAL);
    cloudabi_filestat_t stat = {.st_size = size};
    return __result(cloudabi_sys_file_stat_fput(fd, &stat, CLOUDABI_FILESTAT_SIZE));
}
