// SPDX-License-Identifier: BSD-2-Clause
// Writing mapped memory back to its file.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <sys/mman.h>

_Static_assert(MS_ASYNC == CLOUDABI_MS_ASYNC && MS_INVALIDATE == CLOUDABI_MS_INVALIDATE &&
                   MS_SYNC == CLOUDABI_MS_SYNC,
               "flags are passed on as they are");

int msync(void *address, size_t len, int flags) {
    cloudabi_errno_t error = flags & ~UINT8_MAX
                                 ? EINVAL
                                 : cloudabi_sys_mem_sync(address, len, (cloudabi_msflags_t)flags);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
