// SPDX-License-Identifier: BSD-2-Clause
// Calls on open files that a right guards and the open mode does not: fcntl(F_SETFL), ftruncate,
// fallocate, getdents64.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls.h"

// The filter has seen to the command and the flags; this call's arguments are all in registers.
int64_t call_fcntl(const struct caller *caller) {
    int fd = caller_open_file(caller, caller->arguments[0], CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS);
    if (fd < 0)
        return fd;
    int64_t result = -EINTR;
    if (caller_waits(caller))
        result = fcntl(fd, F_SETFL, (int)caller->arguments[2]) == 0 ? 0 : -errno;
    close(fd);
    return result;
}

int64_t call_ftruncate(const struct caller *caller) {
    int fd = caller_open_file(caller, caller->arguments[0], CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE);
    if (fd < 0)
        return fd;
    int64_t result = -EINTR;
    if (caller_waits(caller))
        result = ftruncate(fd, (off_t)caller->arguments[1]) == 0 ? 0 : -errno;
    close(fd);
    return result;
}

int64_t call_fallocate(const struct caller *caller) {
    int fd = caller_open_file(caller, caller->arguments[0], CLOUDABI_RIGHT_FILE_ALLOCATE);
    if (fd < 0)
        return fd;
    off_t offset = (off_t)caller->arguments[2], length = (off_t)caller->arguments[3];
    int64_t result = -EINTR;
    if (caller_waits(caller))
        result = fallocate(fd, 0, offset, length) == 0 ? 0 : -errno;
    close(fd);
    return result;
}

int64_t call_getdents64(const struct caller *caller) {
    static char entries[32768] __attribute__((aligned(8)));
    struct rights rights;
    int fd = caller_known_fd(caller, caller->arguments[0], CLOUDABI_RIGHT_FILE_READDIR, &rights);
    if (fd < 0)
        return fd;
    size_t room = (uint32_t)caller->arguments[2];
    int64_t result = -EINTR;
    if (caller_waits(caller)) {
        result =
            syscall(SYS_getdents64, fd, entries, room < sizeof entries ? room : sizeof entries);
        if (result < 0)
            result = -errno;
    }
    close(fd);
    if (result > 0 && caller_write(caller, caller->arguments[1], entries, (size_t)result) != 0)
        return -EFAULT;
    return result;
}
