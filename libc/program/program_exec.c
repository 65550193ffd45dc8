// SPDX-License-Identifier: BSD-2-Clause
// Replacing the process by another program.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <program.h>
#include <stdlib.h>

#include "program_impl.h"

int __program_start_make(struct program_start *start, const argdata_t *argument) {
    *start = (struct program_start){0};
    argdata_serialized_length(argument, &start->data_len, &start->fds_len);
    start->data = malloc(start->data_len + 1);
    start->fds = calloc(start->fds_len + 1, sizeof(*start->fds));
    if (start->data == NULL || start->fds == NULL)
        return ENOMEM;
    _Static_assert(sizeof(int) == sizeof(cloudabi_fd_t), "the two kinds of array are one");
    start->fds_len = argdata_serialize(argument, start->data, (int *)start->fds);
    return 0;
}

void __program_start_free(struct program_start *start) {
    free(start->data);
    free(start->fds);
}

// A missing right says little where the thing behind the descriptor can never be a program.
static int explain(int fd, cloudabi_errno_t error) {
    cloudabi_fdstat_t stat;
    if (error != CLOUDABI_ENOTCAPABLE || cloudabi_sys_fd_stat_get((cloudabi_fd_t)fd, &stat) != 0)
        return error;
    return stat.fs_filetype == CLOUDABI_FILETYPE_REGULAR_FILE ? EBADF : EACCES;
}

int __program_start_exec(int fd, const struct program_start *start) {
    return explain(fd, cloudabi_sys_proc_exec((cloudabi_fd_t)fd, start->data, start->data_len,
                                              start->fds, start->fds_len));
}

int program_exec(int fd, const argdata_t *argument) {
    struct program_start start;
    int error = __program_start_make(&start, argument);
    if (error == 0)
        error = __program_start_exec(fd, &start);
    __program_start_free(&start);
    return error;
}
