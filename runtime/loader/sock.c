// SPDX-License-Identifier: BSD-2-Clause
// sock_send, sock_recv, sock_shutdown, sock_accept. No message ever carries an address.

#include "passing.h"
#include "sock_send.h"
#include "user.h"

struct control {
    struct linux_cmsghdr header;
    int fds[LINUX_SCM_MAX_FD];
};

static bool is_socket(cloudabi_filetype_t type) {
    return (type & 0xf0) == CLOUDABI_FILETYPE_SOCKET_DGRAM;
}

static cloudabi_errno_t get_socket(cloudabi_fd_t sock, cloudabi_rights_t need,
                                   struct descriptor *out) {
    cloudabi_errno_t error = fd_get(sock, 0, out);
    if (error != 0)
        return error;
    if (!is_socket(out->type))
        return CLOUDABI_ENOTSOCK;
    return fd_get(sock, need, out);
}

static linux_result send_message(cloudabi_fd_t sock, const cloudabi_send_in_t *in,
                                 const struct passing *passing) {
    struct control control;
    struct linux_msghdr message = {.msg_iov = (struct iovec *)(uintptr_t)in->si_data,
                                   .msg_iovlen = in->si_data_len};
    size_t count = passing->count;
    if (count > 0) {
        memcpy(control.fds, passing->sent, count * sizeof(int));
        control.header =
            (struct linux_cmsghdr){.cmsg_len = sizeof(control.header) + count * sizeof(int),
                                   .cmsg_level = LINUX_SOL_SOCKET,
                                   .cmsg_type = LINUX_SCM_RIGHTS};
        message.msg_control = &control;
        message.msg_controllen = control.header.cmsg_len;
    }
    linux_result result = sock_send_message((int)sock, &message);
    if (result == -ENOTSOCK && count == 0) { // a pipe
        do
            result = LINUX(writev, sock, in->si_data, in->si_data_len);
        while (result == -EINTR);
    }
    return result;
}

EXPORT cloudabi_errno_t cloudabi_sys_sock_send(cloudabi_fd_t sock, const cloudabi_send_in_t *in,
                                               cloudabi_send_out_t *out) {
    cloudabi_send_in_t wanted;
    // What was sent cannot be taken back.
    if (!user_copy(&wanted, in, sizeof(wanted)) || !user_can_put(out, sizeof(*out)))
        return CLOUDABI_EFAULT;
    struct descriptor what;
    cloudabi_errno_t error = get_socket(sock, CLOUDABI_RIGHT_FD_WRITE, &what);
    if (error != 0)
        return error;
    if (wanted.si_flags != 0 || wanted.si_fds_len > PASSING_MAX)
        return CLOUDABI_EINVAL;
    // Descriptors go with the first byte of a stream; Linux drops them silently if there is none.
    size_t len = 0;
    for (size_t i = 0; wanted.si_fds_len > 0 && i < wanted.si_data_len && len == 0; ++i) {
        if (!user_get64(&len, &wanted.si_data[i].buf_len))
            return CLOUDABI_EFAULT;
    }
    if (len == 0 && wanted.si_fds_len > 0 && what.type == CLOUDABI_FILETYPE_SOCKET_STREAM)
        return CLOUDABI_EINVAL;
    cloudabi_fd_t fds[PASSING_MAX];
    if (!user_copy(fds, wanted.si_fds, wanted.si_fds_len * sizeof(fds[0])))
        return CLOUDABI_EFAULT;
    struct passing passing;
    error = passing_prepare(fds, wanted.si_fds_len, &passing);
    if (error != 0)
        return error;
    linux_result result = send_message(sock, &wanted, &passing);
    passing_done(fds, wanted.si_fds_len, &passing, result >= 0);
    if (result < 0)
        return errno_from_linux(result);
    return user_put64(&out->so_datalen, (uint64_t)result) ? CLOUDABI_ESUCCESS : CLOUDABI_EFAULT;
}

// Collects the descriptors of all control messages; returns how many.
static size_t collect(const struct control *control, size_t len, int *fds) {
    size_t count = 0, at = 0;
    while (at + sizeof(struct linux_cmsghdr) <= len) {
        const struct linux_cmsghdr *header =
            (const struct linux_cmsghdr *)((const char *)control + at);
        if (header->cmsg_len < sizeof(*header) || header->cmsg_len > len - at)
            break;
        if (header->cmsg_level == LINUX_SOL_SOCKET && header->cmsg_type == LINUX_SCM_RIGHTS) {
            size_t here = (header->cmsg_len - sizeof(*header)) / sizeof(int);
            memcpy(&fds[count], header + 1, here * sizeof(int));
            count += here;
        }
        at += (header->cmsg_len + 7) & ~UINT64_C(7);
    }
    return count;
}

static linux_result receive_message(cloudabi_fd_t sock, const cloudabi_recv_in_t *in,
                                    struct linux_msghdr *message) {
    int flags = LINUX_MSG_CMSG_CLOEXEC;
    if ((in->ri_flags & CLOUDABI_SOCK_RECV_PEEK) != 0)
        flags |= LINUX_MSG_PEEK;
    if ((in->ri_flags & CLOUDABI_SOCK_RECV_WAITALL) != 0)
        flags |= LINUX_MSG_WAITALL;
    linux_result result;
    do
        result = LINUX(recvmsg, sock, message, flags);
    while (result == -EINTR);
    if (result == -ENOTSOCK) { // a pipe
        message->msg_controllen = 0;
        if (in->ri_flags != 0)
            return -EOPNOTSUPP;
        do
            result = LINUX(readv, sock, in->ri_data, in->ri_data_len);
        while (result == -EINTR);
    }
    return result;
}

EXPORT cloudabi_errno_t cloudabi_sys_sock_recv(cloudabi_fd_t sock, const cloudabi_recv_in_t *in,
                                               cloudabi_recv_out_t *out) {
    cloudabi_recv_in_t wanted;
    if (!user_copy(&wanted, in, sizeof(wanted)))
        return CLOUDABI_EFAULT;
    size_t room = wanted.ri_fds_len < PASSING_MAX ? wanted.ri_fds_len : PASSING_MAX;
    // A message that was taken cannot be put back.
    if (!user_can_put(wanted.ri_fds, room * sizeof(wanted.ri_fds[0])) ||
        !user_can_put(out, sizeof(*out)))
        return CLOUDABI_EFAULT;
    struct descriptor what;
    cloudabi_errno_t error = get_socket(sock, CLOUDABI_RIGHT_FD_READ, &what);
    if (error != 0)
        return error;
    if ((wanted.ri_flags & ~(CLOUDABI_SOCK_RECV_PEEK | CLOUDABI_SOCK_RECV_WAITALL)) != 0)
        return CLOUDABI_EINVAL;
    struct control control;
    struct linux_msghdr message = {.msg_iov = (struct iovec *)(uintptr_t)wanted.ri_data,
                                   .msg_iovlen = wanted.ri_data_len,
                                   .msg_control = &control,
                                   .msg_controllen = sizeof(control)};
    linux_result result = receive_message(sock, &wanted, &message);
    if (result < 0)
        return errno_from_linux(result);

    int arrived[LINUX_SCM_MAX_FD];
    size_t count = collect(&control, message.msg_controllen, arrived);
    bool surplus = false;
    bool cut = (message.msg_flags & LINUX_MSG_CTRUNC) != 0;
    // Cut by the kernel: the record of the rights may be among the lost ones, so take none.
    cloudabi_fd_t fds[LINUX_SCM_MAX_FD];
    size_t stored = passing_accept(arrived, count, what.inheriting, fds, cut ? 0 : room, &surplus);
    cloudabi_recv_out_t told;
    memset(&told, 0, sizeof(told)); // with what lies between its members
    told.ro_datalen = (size_t)result;
    told.ro_fdslen = stored;
    if ((message.msg_flags & LINUX_MSG_TRUNC) != 0)
        told.ro_flags |= CLOUDABI_SOCK_RECV_DATA_TRUNCATED;
    if (surplus || cut)
        told.ro_flags |= CLOUDABI_SOCK_RECV_FDS_TRUNCATED;
    if (user_copy(wanted.ri_fds, fds, stored * sizeof(fds[0])) &&
        user_copy(out, &told, sizeof(told)))
        return CLOUDABI_ESUCCESS;
    for (size_t i = 0; i < stored; ++i)
        fd_release(fds[i]);
    return CLOUDABI_EFAULT;
}

EXPORT cloudabi_errno_t cloudabi_sys_sock_shutdown(cloudabi_fd_t sock, cloudabi_sdflags_t how) {
    struct descriptor what;
    cloudabi_errno_t error = get_socket(sock, CLOUDABI_RIGHT_SOCK_SHUTDOWN, &what);
    if (error != 0)
        return error;
    int linux_how;
    switch (how) {
    case CLOUDABI_SHUT_RD:
        linux_how = LINUX_SHUT_RD;
        break;
    case CLOUDABI_SHUT_WR:
        linux_how = LINUX_SHUT_WR;
        break;
    case CLOUDABI_SHUT_RD | CLOUDABI_SHUT_WR:
        linux_how = LINUX_SHUT_RDWR;
        break;
    default:
        return CLOUDABI_EINVAL;
    }
    return errno_from_linux(LINUX(shutdown, sock, linux_how));
}

EXPORT cloudabi_errno_t cloudabi_sys_sock_accept(cloudabi_fd_t sock, void *unused,
                                                 cloudabi_fd_t *conn) {
    struct descriptor listener, natural;
    cloudabi_errno_t error = get_socket(sock, 0, &listener);
    if (error != 0)
        return error;
    if (unused != NULL)
        return CLOUDABI_EINVAL;
    // A connected socket never has the right; that it does not listen is the better answer.
    fd_nature((int)sock, CLOUDABI_FILETYPE_UNKNOWN, &natural);
    if ((natural.base & CLOUDABI_RIGHT_SOCK_ACCEPT) == 0)
        return CLOUDABI_EINVAL;
    if ((listener.base & CLOUDABI_RIGHT_SOCK_ACCEPT) == 0)
        return CLOUDABI_ENOTCAPABLE;
    linux_result result;
    do
        result = LINUX(accept4, sock, NULL, NULL, LINUX_SOCK_CLOEXEC);
    while (result == -EINTR);
    if (result < 0)
        return errno_from_linux(result);
    struct descriptor what;
    fd_nature((int)result, CLOUDABI_FILETYPE_UNKNOWN, &what);
    what.base &= listener.inheriting;
    what.inheriting &= listener.inheriting;
    return fd_give(result, &what, conn);
}
