// SPDX-License-Identifier: BSD-2-Clause
// Hints about memory.

#define _GNU_SOURCE
#include <cloudabi_syscalls.h>
#include <errno.h>
#include <sys/mman.h>

_Static_assert(POSIX_MADV_DONTNEED == CLOUDABI_ADVICE_DONTNEED &&
                   POSIX_MADV_NORMAL == CLOUDABI_ADVICE_NORMAL &&
                   POSIX_MADV_RANDOM == CLOUDABI_ADVICE_RANDOM &&
                   POSIX_MADV_SEQUENTIAL == CLOUDABI_ADVICE_SEQUENTIAL &&
                   POSIX_MADV_WILLNEED == CLOUDABI_ADVICE_WILLNEED,
               "advice is passed on as it is");

int posix_madvise(void *address, size_t len, int advice) {
    if (advice & ~UINT8_MAX)
        return EINVAL;
    return cloudabi_sys_mem_advise(address, len, (cloudabi_advice_t)advice);
}

int __madvise(void *address, size_t len, int advice) {
    int error = posix_madvise(address, len, advice);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
weak_alias(__madvise, madvise);
