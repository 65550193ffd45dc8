// SPDX-License-Identifier: BSD-2-Clause
// The descriptor of a system call filter, through which the calls that it leaves open are answered.
#include "listener.h"

#include <errno.h>
#include <linux/audit.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

// Fewer than the kernel passes with one message.
#define FDS_MAX 200u

enum { FDS = 'f', LISTENER = 'l' };

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(FDS_MAX * sizeof(int))];
};

// By the filter it may be under already: sendmsg without flags.
static int send_some(int channel, char kind, const int *fds, size_t count) {
    union control control = {.header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
    control.header.cmsg_len = CMSG_LEN(count * sizeof *fds);
    memcpy(CMSG_DATA(&control.header), fds, count * sizeof *fds);
    struct iovec byte = {&kind, 1};
    struct msghdr message = {.msg_iov = &byte,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = CMSG_SPACE(count * sizeof *fds)};
    return sendmsg(channel, &message, 0) == 1 ? 0 : -1;
}

int channel_send(int channel, const int *fds, size_t count) {
    for (size_t sent = 0, some; sent < count; sent += some) {
        some = count - sent < FDS_MAX ? count - sent : FDS_MAX;
        if (send_some(channel, FDS, fds + sent, some) != 0)
            return -1;
    }
    return 0;
}

int channel_send_listener(int channel, int listener) {
    return send_some(channel, LISTENER, &listener, 1);
}

// The number of descriptors of the next message; -1 at the end.
static ssize_t receive_some(int channel, char *kind, int fds[FDS_MAX]) {
    union control control;
    struct iovec byte = {kind, 1};
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
        (message.msg_flags & MSG_CTRUNC) != 0)
        return -1;
    size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof *fds;
    memcpy(fds, CMSG_DATA(header), count * sizeof *fds);
    return (ssize_t)count;
}

struct received channel_receive(int channel) {
    struct received all = {.listener = -1};
    int some[FDS_MAX];
    char kind;
    for (ssize_t count; (count = receive_some(channel, &kind, some)) > 0;) {
        if (kind == LISTENER) {
            all.listener = some[0];
            break;
        }
        int *fds = realloc(all.fds, (all.count + (size_t)count) * sizeof *fds);
        if (fds == NULL)
            break;
        memcpy(fds + all.count, some, (size_t)count * sizeof *fds);
        all.fds = fds;
        all.count += (size_t)count;
    }
    return all;
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
