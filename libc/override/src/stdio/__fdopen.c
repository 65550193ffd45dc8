// SPDX-License-Identifier: BSD-2-Clause
// Streams on descriptors.

#include <cloudabi_syscalls.h>
#include <errno.h>

#include "stdio_impl.h"

// What mode 'a' promises is the descriptor's to keep.
static cloudabi_errno_t set_append(int fd, cloudabi_fdstat_t *stat) {
    if (stat->fs_flags & CLOUDABI_FDFLAG_APPEND)
        return 0;
    stat->fs_flags |= CLOUDABI_FDFLAG_APPEND;
    return cloudabi_sys_fd_stat_put(fd, stat, CLOUDABI_FDSTAT_FLAGS);
}

FILE *__fdopen(int fd, const char *mode) {
    FILE *f = __stream_new(mode, 0);
    if (f == NULL)
        return NULL;
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    if (error == 0 && *mode == 'a') {
        f->flags |= F_APP;
        error = set_append(fd, &stat);
    }
    if (error) {
        __stream_free(f);
        errno = error;
        return NULL;
    }
    f->fd = fd;
    // Whether it is a terminal cannot be asked; other character devices lose little.
    if (!(f->flags & F_NOWR) && stat.fs_filetype == CLOUDABI_FILETYPE_CHARACTER_DEVICE)
        f->lbf = '\n';
    f->read = __stdio_read;
    f->write = __stdio_write;
    f->seek = __stdio_seek;
    f->close = __stdio_close;
    return __ofl_add(f);
}

weak_alias(__fdopen, fdopen);
