// SPDX-License-Identifier: BSD-2-Clause
// mem_map, mem_protect, mem_unmap, mem_sync, mem_advise.

#include "fds.h"
#include "mem_ceiling.h"
#include "user.h"

#define ALL_PROTS (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE | CLOUDABI_PROT_EXEC)
#define ALL_MAPS                                                                                   \
    (CLOUDABI_MAP_ANON | CLOUDABI_MAP_FIXED | CLOUDABI_MAP_PRIVATE | CLOUDABI_MAP_SHARED)
#define ALL_SYNCS (CLOUDABI_MS_ASYNC | CLOUDABI_MS_INVALIDATE | CLOUDABI_MS_SYNC)

static bool prot_is_bad(cloudabi_mprot_t prot) {
    const cloudabi_mprot_t both = CLOUDABI_PROT_WRITE | CLOUDABI_PROT_EXEC;
    return (prot & ~ALL_PROTS) != 0 || (prot & both) == both;
}

static int prot_to_linux(cloudabi_mprot_t prot) {
    return ((prot & CLOUDABI_PROT_READ) != 0 ? PROT_READ : 0) |
           ((prot & CLOUDABI_PROT_WRITE) != 0 ? PROT_WRITE : 0) |
           ((prot & CLOUDABI_PROT_EXEC) != 0 ? PROT_EXEC : 0);
}

// The most that a mapping of a file with these rights may ever be.
static cloudabi_mprot_t ceiling_of(cloudabi_rights_t rights, bool shared) {
    cloudabi_mprot_t ceiling = 0;
    if ((rights & CLOUDABI_RIGHT_FD_READ) != 0)
        ceiling |= CLOUDABI_PROT_READ;
    if (!shared || (rights & CLOUDABI_RIGHT_FD_WRITE) != 0)
        ceiling |= CLOUDABI_PROT_WRITE;
    if ((rights & CLOUDABI_RIGHT_MEM_MAP_EXEC) != 0)
        ceiling |= CLOUDABI_PROT_EXEC;
    return ceiling;
}

// What is written through a mapping lands where it likes. Of a file that is for appending it is a
// private one, which shows the file's content as well as long as nothing is written.
static bool appends_only(cloudabi_fd_t fd, cloudabi_rights_t rights) {
    return (rights & CLOUDABI_RIGHT_FD_WRITE) != 0 &&
           (rights & CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS) == 0 &&
           (LINUX(fcntl, fd, F_GETFL) & O_APPEND) != 0;
}

EXPORT cloudabi_errno_t cloudabi_sys_mem_map(void *addr, size_t len, cloudabi_mprot_t prot,
                                             cloudabi_mflags_t flags, cloudabi_fd_t fd,
                                             cloudabi_filesize_t off, void **mem) {
    const cloudabi_mflags_t sharing = flags & (CLOUDABI_MAP_PRIVATE | CLOUDABI_MAP_SHARED);
    if ((flags & ~ALL_MAPS) != 0 ||
        (sharing != CLOUDABI_MAP_PRIVATE && sharing != CLOUDABI_MAP_SHARED))
        return CLOUDABI_EINVAL;
    if (prot_is_bad(prot))
        return CLOUDABI_ENOTSUP;
    cloudabi_mprot_t ceiling = ALL_PROTS;
    int linux_flags = sharing == CLOUDABI_MAP_PRIVATE ? MAP_PRIVATE : MAP_SHARED;
    if ((flags & CLOUDABI_MAP_FIXED) != 0)
        linux_flags |= MAP_FIXED;
    if ((flags & CLOUDABI_MAP_ANON) != 0) {
        if (fd != CLOUDABI_MAP_ANON_FD || off != 0)
            return CLOUDABI_EINVAL;
        linux_flags |= MAP_ANONYMOUS;
    } else {
        struct descriptor what;
        cloudabi_errno_t error = fd_get(fd, CLOUDABI_RIGHT_MEM_MAP, &what);
        if (error != 0)
            return error;
        ceiling = ceiling_of(what.base, sharing == CLOUDABI_MAP_SHARED);
        if (sharing == CLOUDABI_MAP_SHARED && appends_only(fd, what.base)) {
            ceiling &= ~CLOUDABI_PROT_WRITE;
            linux_flags ^= MAP_SHARED | MAP_PRIVATE;
        }
        if ((prot & ~ceiling) != 0)
            return CLOUDABI_ENOTCAPABLE;
    }
    // What FIXED replaces cannot be brought back.
    if (!user_can_put(mem, sizeof(*mem)))
        return CLOUDABI_EFAULT;
    void *mapped;
    cloudabi_errno_t error =
        ceiling_map(addr, len, prot_to_linux(prot), linux_flags,
                    (flags & CLOUDABI_MAP_ANON) != 0 ? -1 : (int)fd, off, ceiling, &mapped);
    if (error != 0)
        return error;
    // It may have been there that the result was to go.
    return user_put64((uint64_t *)mem, (uint64_t)mapped) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

EXPORT cloudabi_errno_t cloudabi_sys_mem_protect(void *mapping, size_t mapping_len,
                                                 cloudabi_mprot_t prot) {
    if (prot_is_bad(prot))
        return CLOUDABI_ENOTSUP;
    return ceiling_protect(mapping, mapping_len, prot, prot_to_linux(prot));
}

EXPORT cloudabi_errno_t cloudabi_sys_mem_unmap(void *mapping, size_t mapping_len) {
    return ceiling_unmap(mapping, mapping_len);
}

EXPORT cloudabi_errno_t cloudabi_sys_mem_sync(void *mapping, size_t mapping_len,
                                              cloudabi_msflags_t flags) {
    bool async = (flags & CLOUDABI_MS_ASYNC) != 0, sync = (flags & CLOUDABI_MS_SYNC) != 0;
    if ((flags & ~ALL_SYNCS) != 0 || async == sync)
        return CLOUDABI_EINVAL;
    int linux_flags =
        (async ? MS_ASYNC : MS_SYNC) | ((flags & CLOUDABI_MS_INVALIDATE) != 0 ? MS_INVALIDATE : 0);
    return errno_from_linux(LINUX(msync, mapping, mapping_len, linux_flags));
}

EXPORT cloudabi_errno_t cloudabi_sys_mem_advise(void *mapping, size_t mapping_len,
                                                cloudabi_advice_t advice) {
    int linux_advice;
    switch (advice) {
    case CLOUDABI_ADVICE_DONTNEED: // Linux would throw away the contents, the ABI only hints
    case CLOUDABI_ADVICE_NORMAL:
        linux_advice = MADV_NORMAL;
        break;
    case CLOUDABI_ADVICE_RANDOM:
        linux_advice = MADV_RANDOM;
        break;
    case CLOUDABI_ADVICE_SEQUENTIAL:
        linux_advice = MADV_SEQUENTIAL;
        break;
    case CLOUDABI_ADVICE_WILLNEED:
        linux_advice = MADV_WILLNEED;
        break;
    default:
        return CLOUDABI_EINVAL;
    }
    return errno_from_linux(LINUX(madvise, mapping, mapping_len, linux_advice));
}
