// SPDX-License-Identifier: BSD-2-Clause
// fd_stat_get, fd_stat_put.

#include "fds.h"
#include "user.h"

#define ALL_FLAGS                                                                                  \
    (CLOUDABI_FDFLAG_APPEND | CLOUDABI_FDFLAG_DSYNC | CLOUDABI_FDFLAG_NONBLOCK |                   \
     CLOUDABI_FDFLAG_RSYNC | CLOUDABI_FDFLAG_SYNC)

static cloudabi_fdflags_t flags_from_linux(linux_result flags) {
    cloudabi_fdflags_t result = 0;
    if ((flags & O_APPEND) != 0)
        result |= CLOUDABI_FDFLAG_APPEND;
    if ((flags & O_NONBLOCK) != 0)
        result |= CLOUDABI_FDFLAG_NONBLOCK;
    // O_SYNC contains the bit of O_DSYNC, and is what RSYNC asks for too.
    if ((flags & O_SYNC) == O_SYNC)
        result |= CLOUDABI_FDFLAG_SYNC | CLOUDABI_FDFLAG_RSYNC;
    else if ((flags & O_DSYNC) != 0)
        result |= CLOUDABI_FDFLAG_DSYNC;
    return result;
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_stat_get(cloudabi_fd_t fd, cloudabi_fdstat_t *buf) {
    struct descriptor what;
    cloudabi_errno_t error = fd_get(fd, 0, &what);
    if (error != 0)
        return error;
    // A directory's flags change nothing, and every openat() asks for its directory.
    linux_result flags = what.type == CLOUDABI_FILETYPE_DIRECTORY ? 0 : LINUX(fcntl, fd, F_GETFL);
    if (flags < 0)
        return errno_from_linux(flags);
    cloudabi_fdstat_t stat;
    memset(&stat, 0, sizeof(stat)); // with what lies between its members
    stat.fs_filetype = what.type;
    stat.fs_flags = flags_from_linux(flags);
    stat.fs_rights_base = what.base;
    stat.fs_rights_inheriting = what.inheriting;
    return user_copy(buf, &stat, sizeof(stat)) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

static cloudabi_errno_t put_flags(cloudabi_fd_t fd, cloudabi_fdflags_t flags) {
    cloudabi_errno_t error = fd_check(fd, CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS);
    if (error != 0)
        return error;
    if ((flags & ~ALL_FLAGS) != 0)
        return CLOUDABI_EINVAL;
    linux_result current = LINUX(fcntl, fd, F_GETFL);
    if (current < 0)
        return errno_from_linux(current);
    // Linux fixes the synchronisation flags when a file is opened.
    const cloudabi_fdflags_t fixed =
        CLOUDABI_FDFLAG_DSYNC | CLOUDABI_FDFLAG_RSYNC | CLOUDABI_FDFLAG_SYNC;
    if (((flags_from_linux(current) ^ flags) & fixed) != 0)
        return CLOUDABI_ENOTSUP;
    long wanted = ((flags & CLOUDABI_FDFLAG_APPEND) != 0 ? O_APPEND : 0) |
                  ((flags & CLOUDABI_FDFLAG_NONBLOCK) != 0 ? O_NONBLOCK : 0);
    return errno_from_linux(LINUX(fcntl, fd, F_SETFL, wanted));
}

static cloudabi_errno_t shrink_rights(cloudabi_fd_t fd, cloudabi_rights_t base,
                                      cloudabi_rights_t inheriting) {
    cloudabi_errno_t error = CLOUDABI_ESUCCESS;
    fds_lock();
    struct descriptor *entry = fds_entry(fd);
    if (entry == NULL) {
        error = CLOUDABI_EBADF;
    } else {
        cloudabi_rights_t has = entry->base;
        if ((has & CLOUDABI_RIGHT_FD_SEEK) != 0)
            has |= CLOUDABI_RIGHT_FD_TELL;
        if ((base & ~has) != 0 || (inheriting & ~entry->inheriting) != 0) {
            error = CLOUDABI_ENOTCAPABLE;
        } else {
            struct descriptor less = *entry;
            less.kept = fd_stays_kept(entry, base, inheriting);
            less.base = base;
            less.inheriting = inheriting;
            fds_set(entry, &less);
        }
    }
    fds_unlock();
    if (error == 0)
        fd_narrow(fd);
    return error;
}

EXPORT cloudabi_errno_t cloudabi_sys_fd_stat_put(cloudabi_fd_t fd, const cloudabi_fdstat_t *buf,
                                                 cloudabi_fdsflags_t flags) {
    cloudabi_fdstat_t wanted;
    if (flags != CLOUDABI_FDSTAT_FLAGS && flags != CLOUDABI_FDSTAT_RIGHTS)
        return CLOUDABI_EINVAL;
    if (!user_copy(&wanted, buf, sizeof(wanted)))
        return CLOUDABI_EFAULT;
    return flags == CLOUDABI_FDSTAT_FLAGS
               ? put_flags(fd, wanted.fs_flags)
               : shrink_rights(fd, wanted.fs_rights_base, wanted.fs_rights_inheriting);
}
