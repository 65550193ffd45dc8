// SPDX-License-Identifier: BSD-2-Clause
// A few random bytes.

#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <errno.h>
#include <unistd.h>

int getentropy(void *buffer, size_t len) {
    // The limit is the interface's, which other systems check as well.
    cloudabi_errno_t error = len > 256 ? EIO : cloudabi_sys_random_get(buffer, len);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
