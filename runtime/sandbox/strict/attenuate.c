// SPDX-License-Identifier: BSD-2-Clause
// The request for a descriptor with fewer rights; see ../attenuate.h.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "appending.h"
#include "calls.h"

#define READING (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_MEM_MAP_EXEC | CLOUDABI_RIGHT_PROC_EXEC)

// The open mode follows the rights down, never up.
static int reopen_file(int fd, const struct rights *rights) {
    int flags = fcntl(fd, F_GETFL);
    bool read = (flags & O_ACCMODE) != O_WRONLY && (rights->base & READING) != 0;
    bool write = (flags & O_ACCMODE) != O_RDONLY && (rights->base & CLOUDABI_RIGHT_FD_WRITE) != 0;
    off_t offset = lseek(fd, 0, SEEK_CUR);
    if (flags < 0 || offset < 0 || (!read && !write))
        return -EPERM;
    if (read && write && !appending_is_granted() && appends_only(flags, rights))
        return -EOPNOTSUPP;
    char link[48];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int kept = flags & (O_APPEND | O_NONBLOCK | O_DSYNC | O_SYNC);
    int copy = open(link, kept |
                              (read && write ? O_RDWR
                               : write       ? O_WRONLY
                                             : O_RDONLY) |
                              O_CLOEXEC);
    if (copy >= 0 && lseek(copy, offset, SEEK_SET) == offset)
        return copy;
    int error = copy < 0 ? errno : EIO;
    if (copy >= 0)
        close(copy);
    return -error;
}

static int reopen(int fd, const struct rights *rights) {
    struct stat status;
    if (fstat(fd, &status) != 0)
        return -errno;
    if (S_ISREG(status.st_mode))
        return reopen_file(fd, rights);
    if (!S_ISDIR(status.st_mode))
        return -EOPNOTSUPP;
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return copy < 0 ? -errno : copy;
}

int64_t call_attenuate(const struct caller *caller) {
    struct attenuation asked;
    int64_t result = caller_read_attenuation(caller, &asked);
    if (result != 0)
        return result;
    struct rights rights;
    int fd = caller_known_fd(caller, caller->arguments[0], 0, &rights);
    if (fd < 0)
        return fd;
    rights.base &= asked.base;
    rights.inheriting &= asked.inheriting;
    result = caller_waits(caller) ? reopen(fd, &rights) : -EINTR;
    close(fd);
    if (result < 0)
        return result;
    int copy = (int)result;
    result = mark_set(copy, &rights);
    if (result == 0)
        return caller_give(caller, copy, asked.flags != 0);
    close(copy);
    return result;
}
