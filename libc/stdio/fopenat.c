// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "stdio_impl.h"

FILE *fopenat(int dirfd, const char *restrict path, const char *restrict mode) {
    if (*mode != 'r' && *mode != 'w' && *mode != 'a') {
        errno = EINVAL;
        return NULL;
    }
    int fd = openat(dirfd, path, __fmodeflags(mode));
    if (fd < 0)
        return NULL;
    FILE *f = __fdopen(fd, mode);
    if (f == NULL)
        close(fd);
    return f;
}
