// SPDX-License-Identifier: BSD-2-Clause
// The descriptor of a system call filter, through which the calls that it leaves open are answered.
#include "listener.h"

#include <errno.h>
#include <linux/audit.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

int channel_send(int channel, int listener) {
    union control control = {.header = {.cmsg_level = SOL_SOCKET,
                                        .cmsg_type = SCM_RIGHTS,
                                        .cmsg_len = CMSG_LEN(sizeof listener)}};
    memcpy(CMSG_DATA(&control.header), &listener, sizeof listener);
    char nothing = 0;
    struct iovec byte = {&nothing, 1};
    struct msghdr message = {
        .msg_iov = &byte,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    // By the filter it may be under already: without flags.
    return sendmsg(channel, &message, 0) == 1 ? 0 : -1;
}

int channel_receive(int channel) {
    union control control;
    char nothing;
    struct iovec byte = {&nothing, 1};
    struct msghdr message = {
        .msg_iov = &byte,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    ssize_t got;
    do
        got = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    const struct cmsghdr *header = got == 1 ? CMSG_FIRSTHDR(&message) : NULL;
    if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
        header->cmsg_len != CMSG_LEN(sizeof(int)) || (message.msg_flags & MSG_CTRUNC) != 0)
        return -1;
    int listener;
    memcpy(&listener, CMSG_DATA(header), sizeof listener);
    return listener;
}

bool listener_serve(int listener, int64_t (*perform)(const struct caller *caller)) {
    // The kernel wants it empty.
    struct seccomp_notif notif;
    memset(&notif, 0, sizeof notif);
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notif) != 0)
        return false; // the caller has died, or all have
    struct caller caller = {
        .listener = listener,
        .id = notif.id,
        .tid = (int)notif.pid,
        .number = notif.data.nr,
    };
    for (int i = 0; i < 6; i++)
        caller.arguments[i] = notif.data.args[i];
    int64_t result =
        notif.data.arch == AUDIT_ARCH_X86_64 && caller.tid > 0 ? perform(&caller) : -ENOSYS;
    if (result == ANSWERED)
        return true;
    struct seccomp_notif_resp answer = {.id = notif.id};
    if (result == CONTINUE)
        answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    else if (result < 0)
        answer.error = (int)result;
    else
        answer.val = result;
    // It fails when the caller has died meanwhile, which is nobody's loss.
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    return true;
}
