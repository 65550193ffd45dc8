// SPDX-License-Identifier: BSD-2-Clause
// Mappings. The constants of <sys/mman.h> are the ABI's.

#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <errno.h>
#include <sys/mman.h>

_Static_assert(PROT_EXEC == CLOUDABI_PROT_EXEC && PROT_READ == CLOUDABI_PROT_READ &&
                   PROT_WRITE == CLOUDABI_PROT_WRITE,
               "protections are passed on as they are");
_Static_assert(MAP_ANON == CLOUDABI_MAP_ANON && MAP_FIXED == CLOUDABI_MAP_FIXED &&
                   MAP_PRIVATE == CLOUDABI_MAP_PRIVATE && MAP_SHARED == CLOUDABI_MAP_SHARED,
               "flags are passed on as they are");

static int result(cloudabi_errno_t error) {
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

void *__mmap(void *address, size_t len, int protection, int flags, int fd, off_t offset) {
    // Bits that the ABI's types cannot hold must not get lost on the way.
    if (protection & ~UINT8_MAX || flags & ~UINT8_MAX) {
        errno = protection & ~UINT8_MAX ? ENOTSUP : EINVAL;
        return MAP_FAILED;
    }
    // As elsewhere, an anonymous mapping ignores these two.
    if (flags & MAP_ANON) {
        fd = (int)CLOUDABI_MAP_ANON_FD;
        offset = 0;
    }
    void *memory;
    if (result(cloudabi_sys_mem_map(address, len, (cloudabi_mprot_t)protection,
                                    (cloudabi_mflags_t)flags, (cloudabi_fd_t)fd,
                                    (cloudabi_filesize_t)offset, &memory)) != 0)
        return MAP_FAILED;
    return memory;
}
weak_alias(__mmap, mmap);

int __munmap(void *address, size_t len) {
    return result(cloudabi_sys_mem_unmap(address, len));
}
weak_alias(__munmap, munmap);

int __mprotect(void *address, size_t len, int protection) {
    if (protection & ~UINT8_MAX)
        return result(ENOTSUP);
    return result(cloudabi_sys_mem_protect(address, len, (cloudabi_mprot_t)protection));
}
weak_alias(__mprotect, mprotect);
