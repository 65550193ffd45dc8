// SPDX-License-Identifier: BSD-2-Clause
// newfstatat, readlinkat, utimensat.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "beneath.h"
#include "calls.h"

// What the path means, as an O_PATH descriptor. For the empty path, if allowed: the descriptor,
// which is marked and so not of a link. A file that is open itself needs the right `itself`; a
// directory is below itself, as ".".
static int find(const struct caller *caller, uint64_t any, uint64_t itself, bool empty,
                uint64_t flags) {
    char path[PATH_MAX];
    struct rights rights;
    int result = caller_read_path(caller, caller->arguments[1], path);
    if (result != 0)
        return result;
    int fd = caller_known_fd(caller, caller->arguments[0], 0, &rights);
    if (fd < 0)
        return fd;
    struct stat status;
    bool open = empty && path[0] == '\0';
    bool file = open && (fstat(fd, &status) != 0 || !S_ISDIR(status.st_mode));
    if ((rights.base & (file ? itself : any)) == 0) {
        close(fd);
        return -EPERM;
    }
    if (open)
        return fd;
    result = beneath_find(fd, path, flags, 0);
    close(fd);
    return result;
}

int64_t call_newfstatat(const struct caller *caller) {
    int flags = (int)caller->arguments[3];
    if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH)) != 0)
        return -EINVAL;
    int fd = find(caller, CLOUDABI_RIGHT_FILE_STAT_GET, CLOUDABI_RIGHT_FILE_STAT_FGET,
                  (flags & AT_EMPTY_PATH) != 0, flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0);
    if (fd < 0)
        return fd;
    struct stat status;
    int result = fstat(fd, &status) == 0 ? 0 : -errno;
    close(fd);
    return result != 0 ? result
                       : caller_write(caller, caller->arguments[2], &status, sizeof status);
}

int64_t call_readlinkat(const struct caller *caller) {
    char target[PATH_MAX];
    size_t room = caller->arguments[3];
    if ((int)room <= 0)
        return -EINVAL;
    // The loader looks at the source of a new link this way.
    int fd = find(caller, CLOUDABI_RIGHT_FILE_READLINK | CLOUDABI_RIGHT_FILE_LINK_SOURCE, 0, false,
                  O_NOFOLLOW);
    if (fd < 0)
        return fd;
    ssize_t length = readlinkat(fd, "", target, room < sizeof target ? room : sizeof target);
    // Linux answers ENOENT where the empty path is no link.
    int64_t result = length >= 0 ? length : errno == ENOENT ? -EINVAL : -errno;
    close(fd);
    if (result > 0 && caller_write(caller, caller->arguments[2], target, (size_t)length) != 0)
        return -EFAULT;
    return result;
}

int64_t call_utimensat(const struct caller *caller) {
    struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
    int flags = (int)caller->arguments[3], result = 0;
    if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0)
        return -EINVAL;
    if (caller->arguments[2] != 0)
        result = caller_read(caller, caller->arguments[2], times, sizeof times);
    if (result != 0)
        return result;
    bool open = caller->arguments[1] == 0;
    int fd =
        open ? caller_open_file(caller, caller->arguments[0], CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES)
             : find(caller, CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES, CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES,
                    (flags & AT_EMPTY_PATH) != 0, flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0);
    if (fd < 0)
        return fd;
    if (!caller_waits(caller))
        result = -EINTR;
    else if ((open ? futimens(fd, times) : utimensat(fd, "", times, AT_EMPTY_PATH)) != 0)
        result = -errno;
    close(fd);
    return result;
}
