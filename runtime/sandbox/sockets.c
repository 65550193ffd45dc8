// SPDX-License-Identifier: BSD-2-Clause
// Two kinds of sockets may be handed over. Some name their peer once, when they connect, and never
// in a message. With datagrams (UDP and UNIX) sending is enough to reach any address, and no system
// call filter can look at the address; but without the calls that carry one, writing reaches the
// connected peer only. With all others (raw and packet sockets, SCTP, TIPC) there are more ways. An
// allow-list: families come and go.
#include "sockets.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

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
    if (family == AF_UNIX && (type == SOCK_STREAM || type == SOCK_SEQPACKET || type == SOCK_DGRAM))
        return 0;
    if ((family == AF_INET || family == AF_INET6) &&
        ((type == SOCK_STREAM && (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP)) ||
         (type == SOCK_DGRAM && protocol == IPPROTO_UDP)))
        return 0;
    return failure_set(failure,
                       "%s: descriptor %d is a socket that can send to any address, or one of an "
                       "unknown kind: grant a TCP, UDP or UNIX socket",
                       where, number);
}

static bool names_peers(int fd) {
    int type;
    if (!option(fd, SO_TYPE, &type))
        return errno != ENOTSOCK;
    return type != SOCK_STREAM && type != SOCK_SEQPACKET;
}

bool sockets_name_peers(const struct grants *grants) {
    for (size_t i = 0; i < grants->count; i++)
        if (!grants->list[i].directory && names_peers(grants->list[i].fd))
            return true;
    return false;
}

static int bind_to(struct grant *grant, struct failure *failure) {
    int family = grant->address.ss_family, on = 1;
    // Otherwise a restarted server could not bind until old connections have timed out. With
    // datagrams it would let two programs have one port.
    if (family != AF_UNIX && grant->type == SOCK_STREAM)
        setsockopt(grant->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    // `[::]:80` and `0.0.0.0:80` are two grants.
    if (family == AF_INET6 && setsockopt(grant->fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0)
        return failure_set(failure, "%s: cannot keep '%s' to IPv6: %s", grant->where, grant->path,
                           strerror(errno));
    if (bind(grant->fd, (const struct sockaddr *)&grant->address, grant->address_len) != 0) {
        const char *mend = "";
        if (errno == EADDRINUSE)
            mend = family == AF_UNIX
                       ? ": remove that file, or choose another path"
                       : ": end the program that listens there, or choose another port";
        else if (errno == EACCES && family != AF_UNIX)
            mend = ": ports below 1024 are for the superuser";
        return failure_set(failure, "%s: cannot bind '%s': %s%s", grant->where, grant->path,
                           strerror(errno), mend);
    }
    struct stat status;
    if (family == AF_UNIX && lstat(grant->path, &status) == 0) {
        grant->made = true;
        grant->device = status.st_dev;
        grant->inode = status.st_ino;
    }
    return 0;
}

static int connect_to_peer(const struct grant *grant, struct failure *failure) {
    int result;
    do
        result = connect(grant->fd, (const struct sockaddr *)&grant->peer, grant->peer_len);
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return 0;
    const char *mend = "";
    if (errno == ECONNREFUSED || errno == ENOENT)
        mend = ": start what is to listen there first";
    else if (errno == EPROTOTYPE)
        mend = ": the socket there is of another type";
    return failure_set(failure, "%s: cannot connect to '%s': %s%s", grant->where, grant->peer_path,
                       strerror(errno), mend);
}

int socket_open(struct grant *grant, struct failure *failure) {
    bool binds = grant->address_len > 0, connects = grant->peer_len > 0;
    int family = binds ? grant->address.ss_family : grant->peer.ss_family;
    grant->fd = socket(family, grant->type | SOCK_CLOEXEC, 0);
    if (grant->fd < 0)
        return failure_set(failure, "%s: cannot make a socket: %s", grant->where, strerror(errno));
    if ((binds && bind_to(grant, failure) != 0) ||
        (connects && connect_to_peer(grant, failure) != 0))
        return -1;
    if (grant->type == SOCK_STREAM && !connects && listen(grant->fd, SOMAXCONN) != 0)
        return failure_set(failure, "%s: cannot listen on '%s': %s", grant->where, grant->path,
                           strerror(errno));
    return 0;
}
