// SPDX-License-Identifier: BSD-2-Clause
#include <sys/ioctl.h>

#include <cloudabi_syscalls.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "failure.h"

// More than this is not counted.
#define PEEKED 65536

// What poll does not count, a socket can show.
static size_t peek(int fd) {
    char *data = malloc(PEEKED);
    if (data == NULL)
        return 0;
    cloudabi_iovec_t vector = {.buf = data, .buf_len = PEEKED};
    cloudabi_recv_in_t in = {
        .ri_data = &vector, .ri_data_len = 1, .ri_flags = CLOUDABI_SOCK_RECV_PEEK};
    cloudabi_recv_out_t out;
    cloudabi_errno_t error = cloudabi_sys_sock_recv(fd, &in, &out);
    free(data);
    return error ? 0 : out.ro_datalen;
}

static int count_readable(int fd, int *count) {
    cloudabi_subscription_t subscriptions[] = {
        {.type = CLOUDABI_EVENTTYPE_FD_READ, .fd_readwrite.fd = fd},
        {.type = CLOUDABI_EVENTTYPE_CLOCK, .clock.clock_id = CLOUDABI_CLOCK_MONOTONIC},
    };
    cloudabi_event_t events[2];
    size_t n;
    cloudabi_errno_t error = cloudabi_sys_poll(subscriptions, events, 2, &n);
    uint64_t bytes = 0;
    for (size_t i = 0; error == 0 && i < n; ++i) {
        if (events[i].type != CLOUDABI_EVENTTYPE_FD_READ)
            continue;
        error = events[i].error;
        bytes = events[i].fd_readwrite.nbytes;
        if (error == 0 && bytes == 0)
            bytes = peek(fd);
    }
    if (error)
        return __fail(error);
    *count = bytes > INT_MAX ? INT_MAX : (int)bytes;
    return 0;
}

static int set_nonblock(int fd, int nonblock) {
    cloudabi_fdstat_t stat;
    cloudabi_errno_t error = cloudabi_sys_fd_stat_get(fd, &stat);
    if (error)
        return __fail(error);
    stat.fs_flags &= ~CLOUDABI_FDFLAG_NONBLOCK;
    if (nonblock)
        stat.fs_flags |= CLOUDABI_FDFLAG_NONBLOCK;
    return __result(cloudabi_sys_fd_stat_put(fd, &stat, CLOUDABI_FDSTAT_FLAGS));
}

int ioctl(int fd, int request, ...) {
    va_list arguments;
    va_start(arguments, request);
    int *value = va_arg(arguments, int *);
    va_end(arguments);
    switch (request) {
    case FIONREAD:
        return count_readable(fd, value);
    case FIONBIO:
        return set_nonblock(fd, *value);
    default:
        return __fail(ENOTTY);
    }
}
