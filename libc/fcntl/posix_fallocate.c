// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <errno.h>
#include <fcntl.h>

int posix_fallocate(int fd, off_t offset, off_t len) {
    if (offset < 0 || len <= 0)
        return EINVAL;
    return cloudabi_sys_file_allocate(fd, offset, len);
}
