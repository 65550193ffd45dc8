// SPDX-License-Identifier: BSD-2-Clause
// The system call filters, generated from seccomp.toml.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"
#include "seccomp_filter.h"

int layer_seccomp(struct failure *failure) {
    struct sock_fprog program = {
        .len = sizeof cloudabi_seccomp_filter / sizeof cloudabi_seccomp_filter[0],
        .filter = (struct sock_filter *)cloudabi_seccomp_filter,
    };
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        return failure_set(failure,
                           "the kernel denies a system call filter: %s: it needs "
                           "CONFIG_SECCOMP_FILTER",
                           strerror(errno));
    return 0;
}

// By the filter it is under already: sendmsg without flags.
static int send_descriptor(int channel_fd, int fd) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof fd)];
    } control = {.header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    control.header.cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
    struct iovec byte = {"", 1};
    struct msghdr message = {.msg_iov = &byte,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    return sendmsg(channel_fd, &message, 0) == 1 ? 0 : -1;
}

int layer_seccomp_strict(int channel_fd, struct failure *failure) {
    struct sock_fprog program = {
        .len = sizeof cloudabi_seccomp_strict / sizeof cloudabi_seccomp_strict[0],
        .filter = (struct sock_filter *)cloudabi_seccomp_strict,
    };
    // A call that the supervisor has begun is not cut short by a signal, and so never made twice.
    long listener = syscall(
        SYS_seccomp, SECCOMP_SET_MODE_FILTER,
        SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &program);
    if (listener <= 0)
        return failure_set(failure,
                           "the kernel denies a system call filter with a supervisor: %s: it needs "
                           "CONFIG_SECCOMP_FILTER, and that no such filter is there already",
                           listener == 0 ? "no descriptor" : strerror(errno));
    int sent = send_descriptor(channel_fd, (int)listener);
    // Who holds it could answer its own calls.
    if (close((int)listener) != 0 || sent != 0)
        return failure_set(failure, "cannot hand the filter to the supervisor");
    return 0;
}
