// SPDX-License-Identifier: BSD-2-Clause
// Reaching peers that nobody granted. run.py listens on a TCP port and on two UNIX datagram
// sockets, one of them abstract, and fails the run if anything arrives; their port and names
// are in the read-only directory.

#include "attack.h"

#include <linux/in.h>
#include <linux/net.h>
#include <linux/uio.h>
#include <linux/un.h>

enum {
    AF_UNIX_ = 1,
    AF_INET_ = 2,
    AF_INET6_ = 10,
    AF_NETLINK_ = 16,
    AF_PACKET_ = 17,
    AF_VSOCK_ = 40
};
enum { STREAM = 1, DGRAM = 2, RAW_SOCKET = 3, SEQPACKET = 5 };
enum { MSG_DONTWAIT_ = 0x40, MSG_NOSIGNAL_ = 0x4000, MSG_FASTOPEN_ = 0x20000000 };

struct message {
    void *name;
    uint32_t name_len;
    struct iovec *parts;
    size_t parts_len;
    void *control;
    size_t control_len;
    int flags;
};

static struct sockaddr_in canary_tcp(void) {
    char digits[8] = {0};
    struct iovec part = {digits, sizeof(digits)};
    long fd = open_raw(READ_ONLY_FD, "port", O_RDONLY);
    RAW(__NR_readv, fd, &part, 1);
    RAW(__NR_close, fd);
    unsigned port = 0;
    for (int i = 0; digits[i] >= '0' && digits[i] <= '9'; ++i)
        port = port * 10 + (unsigned)(digits[i] - '0');
    struct sockaddr_in address = {.sin_family = AF_INET_};
    address.sin_port = (uint16_t)(port << 8 | port >> 8);
    address.sin_addr.s_addr = 0x0100007f;
    return address;
}

// The name in file `file`; an abstract one is written there with an @ for the NUL.
static struct sockaddr_un canary_unix(const char *file) {
    struct sockaddr_un address = {.sun_family = AF_UNIX_};
    struct iovec part = {address.sun_path, sizeof(address.sun_path)};
    long fd = open_raw(READ_ONLY_FD, file, O_RDONLY);
    RAW(__NR_readv, fd, &part, 1);
    RAW(__NR_close, fd);
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0';
    return address;
}

static long send_to(int fd, void *name, uint32_t len, int flags) {
    struct iovec part = {"escaped", 7};
    struct message message = {.name = name, .name_len = len, .parts = &part, .parts_len = 1};
    return RAW(__NR_sendmsg, fd, &message, flags);
}

// A named datagram must not leave the pair: refused, or delivered to the pair's other end only.
static void attack_pair(const char *name, int type, const char *file) {
    int pair[2];
    struct sockaddr_un canary = canary_unix(file);
    uint32_t len = 2;
    while (len < sizeof(canary) && (len == 2 || ((char *)&canary)[len] != '\0'))
        ++len;
    long result = RAW(__NR_socketpair, AF_UNIX_, type, 0, pair);
    if (result == 0) {
        result = send_to(pair[0], &canary, len, MSG_DONTWAIT_ | MSG_NOSIGNAL_);
        char buffer[16];
        struct iovec part = {buffer, sizeof(buffer)};
        struct message message = {.parts = &part, .parts_len = 1};
        long received = RAW(__NR_recvmsg, pair[1], &message, MSG_DONTWAIT_);
        report(name, result < 0 || received == 7, result);
        RAW(__NR_close, pair[0]);
        RAW(__NR_close, pair[1]);
    } else {
        report(name, result < 0, result);
    }
}

static void attack_listener(void) {
    struct sockaddr_in canary = canary_tcp();
    struct sockaddr_in any = {.sin_family = AF_INET_};
    REFUSED("listener-connect", __NR_connect, LISTENER_FD, &canary, sizeof(canary));
    REFUSED("listener-bind", __NR_bind, LISTENER_FD, &any, sizeof(any));
    REFUSED("listener-listen", __NR_listen, LISTENER_FD, 1);
    REFUSED("listener-setsockopt", __NR_setsockopt, LISTENER_FD, 6, 23, "\5\0\0\0", 4);
    REFUSED("listener-getpeername", __NR_getpeername, LISTENER_FD, &any, &any);
    // Shut down, the socket could connect again; fast open does so from within sendmsg().
    RAW(__NR_shutdown, LISTENER_FD, 2);
    long result = send_to(LISTENER_FD, &canary, sizeof(canary), MSG_FASTOPEN_);
    report("listener-fast-open", result < 0, result);
    result = send_to(LISTENER_FD, &canary, sizeof(canary), MSG_FASTOPEN_ | MSG_NOSIGNAL_);
    report("listener-fast-open-nosignal", result < 0, result);
    REFUSED("listener-fast-open-sendto", __NR_sendto, LISTENER_FD, "escaped", 7, MSG_FASTOPEN_,
            &canary, sizeof(canary));
    REFUSED("listener-connect-after-shutdown", __NR_connect, LISTENER_FD, &canary, sizeof(canary));
    REFUSED("listener-sendmmsg", __NR_sendmmsg, LISTENER_FD, &canary, 1, MSG_FASTOPEN_);
}

void attack_network(void) {
    REFUSED("socket-tcp", __NR_socket, AF_INET_, STREAM, 0);
    REFUSED("socket-udp", __NR_socket, AF_INET_, DGRAM, 0);
    REFUSED("socket-tcp6", __NR_socket, AF_INET6_, STREAM, 0);
    REFUSED("socket-unix", __NR_socket, AF_UNIX_, STREAM, 0);
    REFUSED("socket-unix-datagram", __NR_socket, AF_UNIX_, DGRAM, 0);
    REFUSED("socket-netlink", __NR_socket, AF_NETLINK_, RAW_SOCKET, 0);
    REFUSED("socket-packet", __NR_socket, AF_PACKET_, RAW_SOCKET, 0);
    REFUSED("socket-vsock", __NR_socket, AF_VSOCK_, STREAM, 0);
    int pair[2];
    REFUSED("pair-datagram", __NR_socketpair, AF_UNIX_, DGRAM, 0, pair);
    REFUSED("pair-datagram-cloexec", __NR_socketpair, AF_UNIX_, DGRAM | O_CLOEXEC, 0, pair);
    REFUSED("pair-tcp", __NR_socketpair, AF_INET_, STREAM, 0, pair);
    attack_pair("named-datagram-abstract", DGRAM | O_CLOEXEC, "abstract");
    attack_pair("named-datagram-pathname", DGRAM | O_CLOEXEC, "pathname");
    attack_pair("named-seqpacket-abstract", SEQPACKET | O_CLOEXEC, "abstract");
    attack_pair("named-seqpacket-pathname", SEQPACKET | O_CLOEXEC, "pathname");
    attack_pair("named-stream-abstract", STREAM | O_CLOEXEC, "abstract");
    if (RAW(__NR_socketpair, AF_UNIX_, STREAM | O_CLOEXEC, 0, pair) == 0) {
        struct sockaddr_un canary = canary_unix("abstract");
        REFUSED("pair-connect", __NR_connect, pair[0], &canary, sizeof(canary));
        REFUSED("pair-bind", __NR_bind, pair[0], &canary, sizeof(canary));
        RAW(__NR_close, pair[0]);
        RAW(__NR_close, pair[1]);
    }
    attack_listener();
}
