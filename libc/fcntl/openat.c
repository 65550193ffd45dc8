// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <fcntl.h>
#include <string.h>

#include "failure.h"
#include "frame.h"

_Static_assert(O_APPEND == CLOUDABI_FDFLAG_APPEND, "O_APPEND");
_Static_assert(O_DSYNC == CLOUDABI_FDFLAG_DSYNC, "O_DSYNC");
_Static_assert(O_NONBLOCK == CLOUDABI_FDFLAG_NONBLOCK, "O_NONBLOCK");
_Static_assert(O_RSYNC == CLOUDABI_FDFLAG_RSYNC, "O_RSYNC");
_Static_assert(O_SYNC == CLOUDABI_FDFLAG_SYNC, "O_SYNC");
_Static_assert(O_CREAT == CLOUDABI_O_CREAT << 12, "O_CREAT");
_Static_assert(O_DIRECTORY == CLOUDABI_O_DIRECTORY << 12, "O_DIRECTORY");
_Static_assert(O_EXCL == CLOUDABI_O_EXCL << 12, "O_EXCL");
_Static_assert(O_TRUNC == CLOUDABI_O_TRUNC << 12, "O_TRUNC");

#define FLAGS (O_APPEND | O_DSYNC | O_NONBLOCK | O_RSYNC | O_SYNC)
#define CREATION (O_CREAT | O_DIRECTORY | O_EXCL | O_TRUNC)

// What only reading and what only writing makes useful. All else is asked for in any case, so that
// the new descriptor can do what the directory lets it.
#define READING (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_MEM_MAP_EXEC)
#define WRITING                                                                                    \
    (CLOUDABI_RIGHT_FD_DATASYNC | CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FILE_ALLOCATE |         \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE)

// The rights to ask for, and those without which the descriptor would not be what was asked for.
static int find_rights(int oflag, cloudabi_rights_t *wanted, cloudabi_rights_t *needed) {
    *wanted = ~(cloudabi_rights_t)(READING | WRITING);
    *needed = 0;
    int mode = oflag & O_ACCMODE;
    if (mode == O_EXEC)
        *needed = CLOUDABI_RIGHT_PROC_EXEC;
    else if (mode != O_SEARCH && (mode == 0 || (mode & ~O_RDWR) != 0))
        return EINVAL;
    if (mode & O_RDONLY) {
        *wanted |= READING;
        *needed |= oflag & O_DIRECTORY ? CLOUDABI_RIGHT_FILE_READDIR : CLOUDABI_RIGHT_FD_READ;
    }
    if (mode & O_WRONLY) {
        *wanted |= WRITING;
        *needed |= CLOUDABI_RIGHT_FD_WRITE;
        if (!(oflag & O_APPEND))
            *needed |= CLOUDABI_RIGHT_FD_SEEK;
    }
    return 0;
}

// The variable argument, permissions for a new file, has no meaning and is not looked at.
__SYSTEM_CALL_FRAME int openat(int fd, const char *path, int oflag, ...) {
    cloudabi_rights_t wanted, needed;
    if (oflag & ~(O_ACCMODE | FLAGS | CREATION | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY))
        return __fail(EINVAL);
    int invalid = find_rights(oflag, &wanted, &needed);
    if (invalid)
        return __fail(invalid);

    cloudabi_fdstat_t directory;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &directory);
    if (error)
        return __fail(error);
    if (directory.fs_filetype != CLOUDABI_FILETYPE_DIRECTORY)
        return __fail(ENOTDIR);
    if (needed & ~directory.fs_rights_inheriting)
        return __fail(ENOTCAPABLE);

    cloudabi_lookup_t lookup = {
        .fd = fd,
        .flags = oflag & O_NOFOLLOW ? 0 : CLOUDABI_LOOKUP_SYMLINK_FOLLOW,
    };
    cloudabi_fdstat_t stat = {
        .fs_flags = oflag & FLAGS,
        .fs_rights_base = wanted & directory.fs_rights_inheriting,
        .fs_rights_inheriting = directory.fs_rights_inheriting,
    };
    cloudabi_fd_t result;
    error = cloudabi_sys_file_open(lookup, path, strlen(path), (oflag & CREATION) >> 12, &stat,
                                   &result);
    return error ? __fail(error) : (int)result;
}
