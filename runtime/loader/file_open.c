// SPDX-License-Identifier: BSD-2-Clause
// file_open.

#include "path.h"
#include "user.h"

#define READING (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_MEM_MAP_EXEC)
#define WRITING                                                                                    \
    (CLOUDABI_RIGHT_FD_DATASYNC | CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FILE_ALLOCATE |         \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE)
#define ALL_OFLAGS (CLOUDABI_O_CREAT | CLOUDABI_O_DIRECTORY | CLOUDABI_O_EXCL | CLOUDABI_O_TRUNC)
#define ALL_FDFLAGS                                                                                \
    (CLOUDABI_FDFLAG_APPEND | CLOUDABI_FDFLAG_DSYNC | CLOUDABI_FDFLAG_NONBLOCK |                   \
     CLOUDABI_FDFLAG_RSYNC | CLOUDABI_FDFLAG_SYNC)
#define MODE_TYPE 0170000
#define MODE_SOCKET 0140000
#define MODE_LINK 0120000

// What the directory must be able to pass on.
static bool may_inherit(const struct descriptor *dir, const cloudabi_fdstat_t *fds,
                        cloudabi_oflags_t oflags) {
    cloudabi_rights_t need = fds->fs_rights_base | fds->fs_rights_inheriting;
    if ((oflags & CLOUDABI_O_TRUNC) != 0)
        need |= CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE;
    if ((fds->fs_flags & (CLOUDABI_FDFLAG_RSYNC | CLOUDABI_FDFLAG_SYNC)) != 0)
        need |= CLOUDABI_RIGHT_FD_SYNC;
    if ((fds->fs_rights_base & WRITING) != 0 && (oflags & CLOUDABI_O_TRUNC) == 0 &&
        (fds->fs_flags & CLOUDABI_FDFLAG_APPEND) == 0)
        need |= CLOUDABI_RIGHT_FD_SEEK;
    if ((fds->fs_flags & CLOUDABI_FDFLAG_DSYNC) != 0 &&
        (dir->inheriting & (CLOUDABI_RIGHT_FD_DATASYNC | CLOUDABI_RIGHT_FD_SYNC)) == 0)
        return false;
    return (need & ~dir->inheriting) == 0;
}

static uint64_t open_flags(cloudabi_lookupflags_t lookup, const cloudabi_fdstat_t *fds,
                           cloudabi_oflags_t oflags) {
    uint64_t flags = O_NOCTTY;
    bool write = (fds->fs_rights_base & WRITING) != 0;
    bool read = (fds->fs_rights_base & READING) != 0;
    flags |= write ? (read ? O_RDWR : O_WRONLY) : O_RDONLY;
    if ((lookup & CLOUDABI_LOOKUP_SYMLINK_FOLLOW) == 0)
        flags |= O_NOFOLLOW;
    if ((oflags & CLOUDABI_O_CREAT) != 0)
        flags |= O_CREAT | ((oflags & CLOUDABI_O_EXCL) != 0 ? O_EXCL : 0);
    if ((oflags & CLOUDABI_O_DIRECTORY) != 0)
        flags |= O_DIRECTORY;
    if ((oflags & CLOUDABI_O_TRUNC) != 0)
        flags |= O_TRUNC;
    if ((fds->fs_flags & CLOUDABI_FDFLAG_APPEND) != 0)
        flags |= O_APPEND;
    if ((fds->fs_flags & CLOUDABI_FDFLAG_NONBLOCK) != 0)
        flags |= O_NONBLOCK;
    if ((fds->fs_flags & CLOUDABI_FDFLAG_DSYNC) != 0)
        flags |= O_DSYNC;
    if ((fds->fs_flags & (CLOUDABI_FDFLAG_RSYNC | CLOUDABI_FDFLAG_SYNC)) != 0)
        flags |= O_SYNC;
    return flags;
}

// Linux has one number for several reasons: look at what is there.
static cloudabi_errno_t open_errno(cloudabi_fd_t dirfd, const struct path *path, uint64_t flags,
                                   linux_result result) {
    uint32_t type = 0;
    if (result == -ENXIO || result == -ENOTDIR) {
        struct stat stat;
        if (path_stat(dirfd, path, (flags & O_NOFOLLOW) == 0, &stat) == 0)
            type = stat.st_mode & MODE_TYPE;
    }
    if (result == -ENXIO && type == MODE_SOCKET)
        return CLOUDABI_ENOTSUP;
    if (result == -ENOTDIR && type == MODE_LINK)
        return CLOUDABI_ELOOP;
    return path_errno(result);
}

EXPORT cloudabi_errno_t cloudabi_sys_file_open(cloudabi_lookup_t dirfd, const char *path_text,
                                               size_t path_len, cloudabi_oflags_t oflags,
                                               const cloudabi_fdstat_t *fds, cloudabi_fd_t *fd) {
    cloudabi_fdstat_t wanted;
    if (!user_copy(&wanted, fds, sizeof(wanted)))
        return CLOUDABI_EFAULT;
    cloudabi_rights_t need = CLOUDABI_RIGHT_FILE_OPEN;
    if ((oflags & CLOUDABI_O_CREAT) != 0)
        need |= CLOUDABI_RIGHT_FILE_CREATE_FILE;
    struct descriptor dir;
    cloudabi_errno_t error = fd_get(dirfd.fd, need, &dir);
    if (error != 0)
        return error;
    if ((oflags & ~ALL_OFLAGS) != 0 || (wanted.fs_flags & ~ALL_FDFLAGS) != 0 ||
        (dirfd.flags & ~CLOUDABI_LOOKUP_SYMLINK_FOLLOW) != 0)
        return CLOUDABI_EINVAL;
    if (!may_inherit(&dir, &wanted, oflags))
        return CLOUDABI_ENOTCAPABLE;
    struct path path;
    error = path_copy(&path, path_text, path_len);
    if (error != 0)
        return error;

    uint64_t flags = open_flags(dirfd.flags, &wanted, oflags);
    linux_result result = path_openat2(dirfd.fd, &path, flags, (flags & O_CREAT) != 0 ? 0777 : 0);
    if (result < 0)
        return open_errno(dirfd.fd, &path, flags, result);
    struct descriptor what;
    fd_nature_opened((int)result, flags, &what);
    what.base &= wanted.fs_rights_base;
    what.inheriting &= wanted.fs_rights_inheriting;
    what.alone = what.type == CLOUDABI_FILETYPE_REGULAR_FILE;
    return fd_give(result, &what, fd);
}
