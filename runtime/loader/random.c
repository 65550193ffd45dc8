// SPDX-License-Identifier: BSD-2-Clause
// random_get.

#include "loader.h"

cloudabi_errno_t random_fill(void *buf, size_t len) {
    char *at = buf;
    while (len > 0) {
        // The kernel gives at most 32 MiB - 1 at once.
        linux_result got = LINUX(getrandom, at, len, 0);
        if (got == -EINTR)
            continue;
        if (got < 0)
            return errno_from_linux(got);
        at += got;
        len -= (size_t)got;
    }
    return CLOUDABI_ESUCCESS;
}

EXPORT cloudabi_errno_t cloudabi_sys_random_get(void *buf, size_t buf_len) {
    return random_fill(buf, buf_len);
}
