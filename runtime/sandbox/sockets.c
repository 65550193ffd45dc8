// SPDX-License-Identifier: BSD-2-Clause
// Sockets that name their peer once, when they connect, and never in a message. With all others
// (UDP and other datagrams, raw and packet sockets, SCTP, TIPC) sending is enough to reach any
// address, and no system call filter can look at the address. An allow-list: families come and go.
#include "sockets.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

static bool option(int fd, int name, int *value) {
    socklen_t length = sizeof *value;
    return getsockopt(fd, SOL_SOCKET, name, value, &length) == 0 && length == sizeof *value;
}

int socket_refuse(int fd, int number, const char *where, struct failure *failure) {
    int family, type, protocol;
    if (!option(fd, SO_DOMAIN, &family) || !option(fd, SO_TYPE, &type) ||
        !option(fd, SO_PROTOCOL, &protocol))
        return failure_set(failure, "%s: cannot tell what kind of socket descriptor %d is: %s",
                           where, number, strerror(errno));
    if (family == AF_UNIX && (type == SOCK_STREAM || type == SOCK_SEQPACKET))
        return 0;
    if ((family == AF_INET || family == AF_INET6) && type == SOCK_STREAM &&
        (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP))
        return 0;
    return failure_set(failure,
                       "%s: descriptor %d is a socket that can send to any address, or one of an "
                       "unknown kind: grant a TCP or UNIX stream socket, or a UNIX one of type "
                       "SOCK_SEQPACKET for datagrams",
                       where, number);
}
