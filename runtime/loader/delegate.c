// SPDX-License-Identifier: BSD-2-Clause
// Directories that are given away, by proc_exec or in a message. What the table says about one
// binds programs that call the vDSO; machine code meets the kernel's object, which may lead
// further: a subdirectory to the root of its grant, one whose rights were taken away here to what
// they were. So what is given away is asked for under exactly these rights
// (../sandbox/attenuate.h), unless the kernel's object says no more already.

#include "../sandbox/attenuate.h"
#include "fds.h"

static bool loses(cloudabi_rights_t before, cloudabi_rights_t after, cloudabi_rights_t class) {
    return (before & class) != 0 && (after & class) == 0;
}

bool fd_stays_kept(const struct descriptor *entry, cloudabi_rights_t base,
                   cloudabi_rights_t inheriting) {
    cloudabi_rights_t before = entry->base | entry->inheriting, after = base | inheriting;
    if (state.keeper == HANDOVER_KEEPER_MOUNTS)
        return entry->kept && !loses(before, after, ATTENUATION_CHANGING) &&
               !loses(before, after, ATTENUATION_EXECUTING);
    return entry->kept && (entry->base & ~base) == 0 && (entry->inheriting & ~inheriting) == 0;
}

static cloudabi_errno_t delegate_errno(linux_result result) {
    switch (result) {
    case -EPERM:      // it came from outside, or lies below a directory that did
    case -EOPNOTSUPP: // the same
    case -ENOSYS:     // nobody answers
        return CLOUDABI_ENOTCAPABLE;
    default:
        return errno_from_linux(result);
    }
}

static linux_result ask(cloudabi_fd_t fd, const struct descriptor *what) {
    struct attenuation asked = {
        .flags = O_CLOEXEC, .base = what->base, .inheriting = what->inheriting};
    linux_result result;
    do
        result = LINUX(openat2, fd, "", &asked, sizeof(asked));
    while (result == -EINTR);
    return result;
}

cloudabi_errno_t fd_delegate(cloudabi_fd_t fd, const struct descriptor *what, int *out) {
    *out = (int)fd;
    if (what->type != CLOUDABI_FILETYPE_DIRECTORY || what->kept ||
        state.keeper == HANDOVER_KEEPER_NONE)
        return CLOUDABI_ESUCCESS;
    linux_result result = ask(fd, what);
    if (result < 0)
        return delegate_errno(result);
    *out = (int)result;
    return CLOUDABI_ESUCCESS;
}

// In full mode a directory would be a mount of its own from then on, where files cannot be moved to
// and from. What cannot be had stays as it was: the table holds whoever calls the vDSO.
void fd_narrow(cloudabi_fd_t fd) {
    struct descriptor what;
    if (state.keeper != HANDOVER_KEEPER_SUPERVISOR || fd_get(fd, 0, &what) != 0 || what.kept ||
        !(what.alone || what.type == CLOUDABI_FILETYPE_DIRECTORY))
        return;
    // Linux opens no file for nothing, as file_open does: what may be opened stays readable.
    struct descriptor wanted = what;
    bool directory = what.type == CLOUDABI_FILETYPE_DIRECTORY;
    if (directory && (what.base & CLOUDABI_RIGHT_FILE_OPEN) != 0)
        wanted.inheriting |= CLOUDABI_RIGHT_FD_READ;
    linux_result narrow = ask(fd, &wanted);
    if (narrow < 0)
        return;
    fds_lock();
    struct descriptor *entry = fds_entry(fd);
    // Unless it was closed, copied or narrowed further meanwhile.
    if (entry != NULL && entry->type == what.type && entry->base == what.base &&
        entry->inheriting == what.inheriting && entry->alone == what.alone &&
        LINUX(dup3, narrow, fd, O_CLOEXEC) >= 0)
        entry->kept = directory && wanted.inheriting == what.inheriting;
    fds_unlock();
    LINUX(close, narrow);
}
