// SPDX-License-Identifier: BSD-2-Clause
// Starts a program as proc_exec does, but checks nothing before.

#include "exec.h"

#include <linux/uio.h>

// attack.h has it too.
#undef EMPTY_PATH
#include "../../runtime/loader/handover.h"

enum { F_SETFD_ = 2, FDS_MAX = 16, NOEXEC_SEAL = 8, CLOEXEC = 1 };

long exec_raw(int program_fd, int loader_fd, const int fds[], uint32_t count, const char *data,
              uint64_t data_len) {
    static struct handover_fd listed[FDS_MAX];
    const struct handover handover = {
        .magic = HANDOVER_MAGIC,
        .version = HANDOVER_VERSION,
        .nfds = count,
        .program_fd = (uint32_t)program_fd,
        .loader_fd = (uint32_t)loader_fd,
        .status_fd = HANDOVER_NO_FD,
        .reserved_fd = HANDOVER_NO_FD,
        .data_len = data_len,
    };
    for (uint32_t i = 0; i < count; ++i)
        listed[i] = (struct handover_fd){
            .source = (uint32_t)fds[i], .base = ~UINT64_C(0), .inheriting = ~UINT64_C(0)};
    struct iovec parts[] = {
        {(void *)&handover, sizeof(handover)},
        {listed, count * sizeof(listed[0])},
        {(void *)data, data_len},
    };
    long memory = RAW(__NR_memfd_create, "", CLOEXEC | NOEXEC_SEAL);
    if (memory < 0)
        return memory;
    RAW(__NR_writev, memory, parts, 3);
    RAW(__NR_fcntl, memory, F_SETFD_, 0);
    RAW(__NR_fcntl, program_fd, F_SETFD_, 0);
    RAW(__NR_fcntl, loader_fd, F_SETFD_, 0);
    for (uint32_t i = 0; i < count; ++i)
        RAW(__NR_fcntl, fds[i], F_SETFD_, 0);
    char digits[12], *number = digits + sizeof(digits) - 1;
    *number = '\0';
    do
        *--number = (char)('0' + memory % 10);
    while ((memory /= 10) != 0);
    const char *const arguments[] = {"grandchild", number, NULL};
    const char *const environment[] = {NULL};
    return RAW(__NR_execveat, loader_fd, EMPTY_PATH, arguments, environment, AT_EMPTY_PATH);
}
