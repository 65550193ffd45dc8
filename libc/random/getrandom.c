// SPDX-License-Identifier: BSD-2-Clause
// Random bytes from the system. They never run out, so that there is nothing to wait for.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <sys/random.h>

ssize_t getrandom(void *buffer, size_t len, unsigned flags) {
    const unsigned known = GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE;
    cloudabi_errno_t error = flags & ~known ? EINVAL : cloudabi_sys_random_get(buffer, len);
    if (error == 0)
        return (ssize_t)len;
    errno = error;
    return -1;
}
