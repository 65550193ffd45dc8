// SPDX-License-Identifier: BSD-2-Clause
// Writing to a socket.

#include "sock_send.h"

// Where a datagram socket was granted the filter has no sendmsg. Writing reaches the peer that the
// socket is connected to, and takes no descriptors along. It raises SIGPIPE, which the starter has
// ignored.
static linux_result send_without_sendmsg(int fd, const struct linux_msghdr *message) {
    if (message->msg_controllen != 0)
        return -EOPNOTSUPP;
    if (message->msg_iovlen > LINUX_IOV_MAX)
        return -EMSGSIZE;
    linux_result result = LINUX(writev, fd, message->msg_iov, message->msg_iovlen);
    // An empty vector sends nothing, where an empty buffer is an empty datagram.
    return result == 0 ? LINUX(write, fd, "", 0) : result;
}

linux_result sock_send_message(int fd, const struct linux_msghdr *message) {
    linux_result result;
    do {
        result = LINUX(sendmsg, fd, message, LINUX_MSG_NOSIGNAL);
        if (result == -ENOSYS)
            result = send_without_sendmsg(fd, message);
    } while (result == -EINTR);
    return result;
}
