// SPDX-License-Identifier: BSD-2-Clause
// Memory behind a descriptor, to be shared by passing it on. It has no name to look it up by.

#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <errno.h>
#include <sys/mman.h>

int memfd_create(const char *name, unsigned flags) {
    cloudabi_fd_t fd;
    // Sealing cannot be had; rights are what limits a descriptor.
    cloudabi_errno_t error = flags & ~MFD_CLOEXEC
                                 ? EINVAL
                                 : cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &fd);
    if (error == 0)
        return (int)fd;
    errno = error;
    return -1;
}
