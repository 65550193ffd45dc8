// SPDX-License-Identifier: BSD-2-Clause
// Starting a child: a fork that at once becomes another program. Its failure to do so comes back
// over a pair of sockets, of which success closes the child's end.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <program.h>

#include "program_impl.h"

// What a shell says of a program that could not be started.
#define EXIT_NOT_STARTED 127

static _Noreturn void run_child(int fd, const struct program_start *start, cloudabi_fd_t report) {
    cloudabi_errno_t error = (cloudabi_errno_t)__program_start_exec(fd, start);
    cloudabi_ciovec_t message = {.buf = &error, .buf_len = sizeof(error)};
    size_t written;
    cloudabi_sys_fd_write(report, &message, 1, &written);
    cloudabi_sys_proc_exit(EXIT_NOT_STARTED);
}

// The child's failure, or 0 once the child has become the program.
static int read_report(cloudabi_fd_t report) {
    cloudabi_errno_t failure = 0;
    cloudabi_iovec_t message = {.buf = &failure, .buf_len = sizeof(failure)};
    size_t read;
    cloudabi_errno_t error = cloudabi_sys_fd_read(report, &message, 1, &read);
    return error != 0 ? error : failure;
}

static int spawn(int fd, const struct program_start *start, int *process) {
    cloudabi_fd_t ours, theirs;
    cloudabi_errno_t error =
        cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &ours, &theirs);
    if (error != 0)
        return error;
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    error = cloudabi_sys_proc_fork(&child, &tid);
    if (error == 0 && child == CLOUDABI_PROCESS_CHILD)
        run_child(fd, start, theirs);
    cloudabi_sys_fd_close(theirs);
    if (error != 0) {
        cloudabi_sys_fd_close(ours);
        return error;
    }
    int failure = read_report(ours);
    cloudabi_sys_fd_close(ours);
    if (failure != 0)
        cloudabi_sys_fd_close(child);
    else
        *process = (int)child;
    return failure;
}

int program_spawn(int fd, const argdata_t *argument, int *process) {
    struct program_start start;
    int error = __program_start_make(&start, argument);
    if (error == 0)
        error = spawn(fd, &start, process);
    __program_start_free(&start);
    return error;
}
