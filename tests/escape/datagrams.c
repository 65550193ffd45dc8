// SPDX-License-Identifier: BSD-2-Clause
// Granted datagram sockets: by machine code they reach the peer that they were connected to, or
// nobody. test_datagrams.py listens where nothing may arrive; the port and the names are in the
// granted directory.

#include "attack.h"

#include <cloudabi_types.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/uio.h>
#include <linux/un.h>

#include "../../runtime/sandbox/attenuate.h"
#include "crt.h"

enum { OUTPUT, FACTS, UDP_PEER, UDP_BOUND, UDP_FREE, LOCAL_PEER, LOCAL_BOUND, LOCAL_FREE, UDP6 };
enum { AF_UNIX_ = 1, AF_INET_ = 2, AF_INET6_ = 10, STREAM = 1, SOL_SOCKET_ = 1, SCM_RIGHTS_ = 1 };
enum { MSG_DONTWAIT_ = 0x40, MSG_CONFIRM_ = 0x800, MSG_NOSIGNAL_ = 0x4000, MSG_MORE_ = 0x8000 };
enum { X32_SENDMSG = 0x40000000 + 518, X32_SENDTO = 0x40000000 + 44 };

struct message {
    void *name;
    uint32_t name_len;
    struct iovec *parts;
    size_t parts_len;
    void *control;
    size_t control_len;
    long flags;
};

// A peer that was not granted.
struct canary {
    const char *kind;
    union {
        struct sockaddr_in inet;
        struct sockaddr_in6 inet6;
        struct sockaddr_un local;
    };
    uint32_t len;
};

static struct canary canaries[4];
static struct iovec part = {"escaped", 7};

static void read_fact(const char *file, char *to, size_t len) {
    struct iovec into = {to, len};
    long fd = open_raw(FACTS, file, O_RDONLY);
    RAW(__NR_readv, fd, &into, 1);
    RAW(__NR_close, fd);
}

static uint16_t port_in(const char *file) {
    char digits[8] = {0};
    unsigned port = 0;
    read_fact(file, digits, sizeof(digits));
    for (int i = 0; digits[i] >= '0' && digits[i] <= '9'; ++i)
        port = port * 10 + (unsigned)(digits[i] - '0');
    return (uint16_t)(port << 8 | port >> 8);
}

static void find_canaries(void) {
    canaries[0] = (struct canary){.kind = "udp", .len = sizeof(struct sockaddr_in)};
    canaries[0].inet.sin_family = AF_INET_;
    canaries[0].inet.sin_port = port_in("port");
    canaries[0].inet.sin_addr.s_addr = 0x0100007f;
    canaries[1] = (struct canary){.kind = "udp6", .len = sizeof(struct sockaddr_in6)};
    canaries[1].inet6.sin6_family = AF_INET6_;
    canaries[1].inet6.sin6_port = port_in("port6");
    canaries[1].inet6.sin6_addr.s6_addr[15] = 1;
    static const char *const files[] = {"abstract", "pathname"};
    for (int i = 0; i < 2; ++i) {
        struct canary *canary = &canaries[2 + i];
        *canary = (struct canary){.kind = files[i]};
        canary->local.sun_family = AF_UNIX_;
        read_fact(files[i], canary->local.sun_path, sizeof(canary->local.sun_path));
        canary->len = 2;
        while (canary->local.sun_path[canary->len - 2] != '\0')
            ++canary->len;
        if (canary->local.sun_path[0] == '@')
            canary->local.sun_path[0] = '\0';
    }
}

static char name[64];

static const char *join(const char *a, const char *b, const char *c) {
    char *to = name;
    for (const char *parts[] = {a, b, c}, **p = parts; p < parts + 3; ++p)
        for (const char *from = *p; *from != '\0' && to < name + sizeof(name) - 1;)
            *to++ = *from++;
    *to = '\0';
    return name;
}

static void attack_named(int fd, const char *socket, const struct canary *canary) {
    static const struct {
        const char *word;
        long flags;
    } ways[] = {{"-sendmsg-", 0},
                {"-sendmsg-nosignal-", MSG_NOSIGNAL_},
                {"-sendmsg-dontwait-", MSG_DONTWAIT_ | MSG_NOSIGNAL_},
                {"-sendmsg-confirm-", MSG_CONFIRM_}};
    struct message message = {(void *)&canary->inet, canary->len, &part, 1, NULL, 0, 0};
    struct {
        struct message message;
        uint32_t len;
    } many = {message, 0};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); ++i)
        REFUSED(join(socket, ways[i].word, canary->kind), __NR_sendmsg, fd, &message,
                ways[i].flags);
    REFUSED(join(socket, "-sendto-", canary->kind), __NR_sendto, fd, "escaped", 7, 0, &canary->inet,
            canary->len);
    REFUSED(join(socket, "-sendmmsg-", canary->kind), __NR_sendmmsg, fd, &many, 1, 0);
    REFUSED(join(socket, "-x32-sendmsg-", canary->kind), X32_SENDMSG, fd, &message, 0);
    REFUSED(join(socket, "-x32-sendto-", canary->kind), X32_SENDTO, fd, "escaped", 7, 0,
            &canary->inet, canary->len);
}

// Gives the socket another peer, or takes its own away, and what else the kernel keeps of it.
static void attack_peer(int fd, const char *socket, const struct canary *canary) {
    struct sockaddr_un address;
    uint32_t len = sizeof(address);
    static const uint16_t nobody[8] = {0}; // AF_UNSPEC
    REFUSED(join(socket, "-getsockname", ""), __NR_getsockname, fd, &address, &len);
    REFUSED(join(socket, "-getpeername", ""), __NR_getpeername, fd, &address, &len);
    REFUSED(join(socket, "-setsockopt", ""), __NR_setsockopt, fd, SOL_SOCKET_, 2, &len, 4);
    REFUSED(join(socket, "-connect", ""), __NR_connect, fd, &canary->inet, canary->len);
    REFUSED(join(socket, "-disconnect", ""), __NR_connect, fd, nobody, sizeof(nobody));
    REFUSED(join(socket, "-bind", ""), __NR_bind, fd, nobody, sizeof(nobody));
}

// Hands the socket to somebody whose filter may have sendmsg.
static void attack_passing(int fd, const char *socket) {
    int pair[2];
    struct {
        size_t len;
        int level, type, fd, pad;
    } control = {20, SOL_SOCKET_, SCM_RIGHTS_, fd, 0};
    struct message message = {NULL, 0, &part, 1, &control, sizeof(control), 0};
    RAW(__NR_socketpair, AF_UNIX_, STREAM | O_CLOEXEC, 0, pair);
    REFUSED(join(socket, "-passed", ""), __NR_sendmsg, pair[0], &message, 0);
    REFUSED(join(socket, "-passed-to-peer", ""), __NR_sendmsg, LOCAL_PEER, &message, 0);
    RAW(__NR_close, pair[0]);
    RAW(__NR_close, pair[1]);
}

static void attack_other_calls(void) {
    int pipe[2];
    char ring[120] = {0};
    REFUSED("pipe2", __NR_pipe2, pipe, 0);
    REFUSED("splice", __NR_splice, FACTS, 0, UDP_PEER, 0, 1, 0);
    REFUSED("vmsplice", __NR_vmsplice, UDP_PEER, &part, 1, 0);
    REFUSED("sendfile", __NR_sendfile, UDP_PEER, FACTS, 0, 1);
    REFUSED("io_uring", __NR_io_uring_setup, 1, ring);
    REFUSED("socket-udp", __NR_socket, AF_INET_, 2, 0);
    REFUSED("pair-of-datagrams", __NR_socketpair, AF_UNIX_, 2, 0, pipe);
}

// What is granted: writing to the peer, receiving. Nothing else is reached by that.
static void use(void) {
    char buffer[32];
    struct sockaddr_un from;
    struct iovec in = {buffer, sizeof(buffer)}, out = {"granted", 7};
    struct message message = {&from, sizeof(from), &in, 1, NULL, 0, 0};
    static const int peers[] = {UDP_PEER, LOCAL_PEER, UDP6};
    static const int bound[] = {UDP_BOUND, LOCAL_BOUND};
    static const int alone[] = {UDP_BOUND, UDP_FREE, LOCAL_BOUND, LOCAL_FREE};
    for (int i = 0; i < 3; ++i) {
        long sent = RAW(__NR_writev, peers[i], &out, 1);
        report(join("write-to-peer-", (char[]){(char)('0' + i), '\0'}, ""), sent == 7, sent);
    }
    for (int i = 0; i < 2; ++i) {
        long got = RAW(__NR_recvmsg, bound[i], &message, MSG_DONTWAIT_);
        report(join("receive-", (char[]){(char)('0' + i), '\0'}, ""), got == 7, got);
    }
    for (int i = 0; i < 4; ++i) {
        REFUSED(join("write-without-peer-", (char[]){(char)('0' + i), '\0'}, ""), __NR_write,
                alone[i], "escaped", 7);
        REFUSED(join("writev-without-peer-", (char[]){(char)('0' + i), '\0'}, ""), __NR_writev,
                alone[i], &part, 1);
    }
}

// The filter came with its other half: somebody answers the request.
static void attenuate(void) {
    struct attenuation request = {O_CLOEXEC, 0, 0, CLOUDABI_RIGHT_FILE_OPEN,
                                  CLOUDABI_RIGHT_FD_READ};
    long fd = RAW(__NR_openat2, FACTS, "", &request, sizeof(request));
    report("attenuate", is_control || fd >= 0, fd);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    static const struct {
        int fd;
        const char *name;
        int first, last; // canaries
    } sockets[] = {{UDP_PEER, "udp-peer", 0, 0},       {UDP_BOUND, "udp-bound", 0, 0},
                   {UDP_FREE, "udp-free", 0, 0},       {LOCAL_PEER, "local-peer", 2, 3},
                   {LOCAL_BOUND, "local-bound", 2, 3}, {LOCAL_FREE, "local-free", 2, 3},
                   {UDP6, "udp6-peer", 1, 1}};
    enum { COUNT = sizeof(sockets) / sizeof(sockets[0]) };
    attack_begin();
    find_canaries();
    use();
    attenuate();
    for (int i = 0; i < COUNT; ++i)
        for (int c = sockets[i].first; c <= sockets[i].last; ++c)
            attack_named(sockets[i].fd, sockets[i].name, &canaries[c]);
    for (int i = 0; i < COUNT; ++i)
        attack_passing(sockets[i].fd, sockets[i].name);
    attack_other_calls();
    for (int i = 0; i < COUNT; ++i)
        attack_peer(sockets[i].fd, sockets[i].name, &canaries[sockets[i].first]);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
