// SPDX-License-Identifier: BSD-2-Clause
#include <cloudabi_syscalls.h>
#include <errno.h>
#include <fcntl.h>

int posix_fadvise(int fd, off_t offset, off_t len, int advice) {
    static const cloudabi_advice_t advices[] = {
        [POSIX_FADV_DONTNEED] = CLOUDABI_ADVICE_DONTNEED,
        [POSIX_FADV_NOREUSE] = CLOUDABI_ADVICE_NOREUSE,
        [POSIX_FADV_NORMAL] = CLOUDABI_ADVICE_NORMAL,
        [POSIX_FADV_RANDOM] = CLOUDABI_ADVICE_RANDOM,
        [POSIX_FADV_SEQUENTIAL] = CLOUDABI_ADVICE_SEQUENTIAL,
        [POSIX_FADV_WILLNEED] = CLOUDABI_ADVICE_WILLNEED,
    };
    if (offset < 0 || len < 0 || advice < 0 || advice >= (int)(sizeof(advices)))
        return EINVAL;
    return cloudabi_sys_file_advise(fd, offset, len, advices[advice]);
}
