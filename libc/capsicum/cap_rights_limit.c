// SPDX-License-Identifier: BSD-2-Clause
// The rights of a descriptor.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <sys/capsicum.h>

static int result(cloudabi_errno_t error) {
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

int cap_rights_limit_explicit(int fd, const cap_rights_t *base, const cap_rights_t *inheriting) {
    cloudabi_fdstat_t stat = {
        .fs_rights_base = base->__bits,
        .fs_rights_inheriting = inheriting->__bits,
    };
    return result(cloudabi_sys_fd_stat_put((cloudabi_fd_t)fd, &stat, CLOUDABI_FDSTAT_RIGHTS));
}

int cap_rights_limit(int fd, const cap_rights_t *rights) {
    cap_rights_t inheriting;
    if (cap_rights_get_explicit(fd, NULL, &inheriting) != 0)
        return -1;
    inheriting.__bits &= rights->__bits;
    return cap_rights_limit_explicit(fd, rights, &inheriting);
}

int cap_rights_get_explicit(int fd, cap_rights_t *base, cap_rights_t *inheriting) {
    cloudabi_fdstat_t stat;
    if (result(cloudabi_sys_fd_stat_get((cloudabi_fd_t)fd, &stat)) != 0)
        return -1;
    if (base != NULL)
        base->__bits = stat.fs_rights_base;
    if (inheriting != NULL)
        inheriting->__bits = stat.fs_rights_inheriting;
    return 0;
}

int cap_rights_get(int fd, cap_rights_t *rights) {
    return cap_rights_get_explicit(fd, rights, NULL);
}
