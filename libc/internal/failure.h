/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the ABI's errors to POSIX's results: 0, or -1 with errno set. The constants of <errno.h> are
 * the ABI's numbers, so that nothing is translated.
 */
#ifndef FAILURE_H
#define FAILURE_H

#include <cloudabi_types.h>
#include <errno.h>
#include <features.h>

/* cold: success goes straight on. After a call of the system the processor knows of no jump. */
__attribute__((__cold__)) static inline int __fail(int error) {
    errno = error;
    return -1;
}

static inline int __result(cloudabi_errno_t error) {
    return error ? __fail(error) : 0;
}

/* The system says of a descriptor of the wrong type that it lacks a right; POSIX names the type:
 * ENOTDIR where a directory is needed, ENOTSOCK where a socket is. */
hidden int __path_result(cloudabi_errno_t error, int fd);
hidden int __path_result2(cloudabi_errno_t error, int fd1, int fd2);
hidden int __socket_result(cloudabi_errno_t error, int fd);

#endif
