// SPDX-License-Identifier: BSD-2-Clause
// Sockets: pairs, data, and what is asked about them.

#define _GNU_SOURCE
#include <sys/socket.h>

#include "../files.h"

static void pairs(struct check *t) {
    int fds[2];
    char data[16] = "";
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    CHECK_INT(t, send(fds[0], "abc", 3, 0), 3);
    CHECK_INT(t, send(fds[1], "de", 2, MSG_NOSIGNAL), 2);
    CHECK_INT(t, recv(fds[1], data, sizeof(data), MSG_PEEK), 3);
    CHECK_INT(t, recv(fds[1], data, sizeof(data), 0), 3);
    CHECK_STR(t, data, "abc");
    CHECK_INT(t, read(fds[0], data, sizeof(data)), 2);
    CHECK_INT(t, send(fds[0], "12", 2, 0), 2);
    CHECK_INT(t, send(fds[0], "34", 2, 0), 2);
    CHECK_INT(t, recv(fds[1], data, 4, MSG_WAITALL), 4);
    CHECK(t, memcmp(data, "1234", 4) == 0);
    close(fds[0]);
    CHECK_INT(t, recv(fds[1], data, sizeof(data), 0), 0);
    CHECK_INT(t, ERROR(send(fds[1], "x", 1, 0)), EPIPE);
    close(fds[1]);
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
    CHECK_INT(t, ERROR(recv(fds[0], data, 1, 0)), EAGAIN);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(socketpair(AF_INET, SOCK_STREAM, 0, fds)), EAFNOSUPPORT);
    CHECK_INT(t, ERROR(socketpair(AF_UNIX, SOCK_STREAM + SOCK_DGRAM, 0, fds)), EPROTOTYPE);
    CHECK_INT(t, ERROR(socketpair(AF_UNIX, SOCK_STREAM, 99, fds)), EPROTONOSUPPORT);
}

static void datagrams(struct check *t) {
    int fds[2];
    char data[16] = "";
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_DGRAM, 0, fds), 0);
    CHECK_INT(t, sendto(fds[0], "first", 5, 0, NULL, 0), 5);
    CHECK_INT(t, send(fds[0], "second", 6, 0), 6);
    CHECK_INT(t, recvfrom(fds[1], data, sizeof(data), 0, NULL, NULL), 5);
    CHECK_STR(t, data, "first");
    struct iovec vector = {data, 3};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    CHECK_INT(t, recvmsg(fds[1], &message, 0), 3);
    CHECK_INT(t, message.msg_flags, MSG_TRUNC);
    CHECK(t, memcmp(data, "sec", 3) == 0);
    struct sockaddr address = {.sa_family = AF_UNIX};
    socklen_t len = sizeof(address);
    CHECK_INT(t, ERROR(sendto(fds[0], "x", 1, 0, &address, len)), EISCONN);
    CHECK_INT(t, ERROR(recvfrom(fds[1], data, 1, 0, &address, &len)), ENOTSUP);
    close(fds[0]);
    close(fds[1]);
}

static void several(struct check *t) {
    int fds[2];
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_DGRAM, 0, fds), 0);
    struct iovec out[2] = {{"ab", 2}, {"cde", 3}};
    struct mmsghdr messages[2] = {{.msg_hdr = {.msg_iov = &out[0], .msg_iovlen = 1}},
                                  {.msg_hdr = {.msg_iov = &out[1], .msg_iovlen = 1}}};
    CHECK_INT(t, sendmmsg(fds[0], messages, 2, 0), 2);
    CHECK_INT(t, messages[1].msg_len, 3);
    char a[4] = "", b[4] = "";
    struct iovec in[2] = {{a, 3}, {b, 3}};
    messages[0].msg_hdr.msg_iov = &in[0];
    messages[1].msg_hdr.msg_iov = &in[1];
    CHECK_INT(t, recvmmsg(fds[1], messages, 2, 0, NULL), 2);
    CHECK_STR(t, a, "ab");
    CHECK_STR(t, b, "cde");
    struct timespec timeout = {1, 0};
    CHECK_INT(t, ERROR(recvmmsg(fds[1], messages, 2, 0, &timeout)), ENOTSUP);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(sendmmsg(fds[0], messages, 2, 0)), EBADF);
}

static void ends(struct check *t) {
    int fds[2];
    char byte;
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    CHECK_INT(t, shutdown(fds[0], SHUT_WR), 0);
    CHECK_INT(t, recv(fds[1], &byte, 1, 0), 0);
    CHECK_INT(t, ERROR(send(fds[0], "x", 1, 0)), EPIPE);
    CHECK_INT(t, send(fds[1], "x", 1, 0), 1);
    CHECK_INT(t, recv(fds[0], &byte, 1, 0), 1);
    CHECK_INT(t, shutdown(fds[0], SHUT_RDWR), 0);
    CHECK_INT(t, ERROR(shutdown(fds[0], 9)), EINVAL);
    int limited = without(fds[0], CLOUDABI_RIGHT_SOCK_SHUTDOWN);
    CHECK_INT(t, ERROR(shutdown(limited, SHUT_RD)), ENOTCAPABLE);
    close(limited);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(shutdown(fds[0], SHUT_RD)), EBADF);
    CHECK_INT(t, ERROR(shutdown(check_fd(t, "in"), SHUT_RD)), ENOTSOCK);
}

static void options(struct check *t) {
    int fds[2], value = -1;
    socklen_t len = sizeof(value);
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_DGRAM, 0, fds), 0);
    CHECK_INT(t, getsockopt(fds[0], SOL_SOCKET, SO_TYPE, &value, &len), 0);
    CHECK_INT(t, value, SOCK_DGRAM);
    CHECK_INT(t, len, sizeof(int));
    CHECK_INT(t, getsockopt(fds[0], SOL_SOCKET, SO_ERROR, &value, &len), 0);
    CHECK_INT(t, value, 0);
    value = -1;
    CHECK_INT(t, getsockopt(fds[0], SOL_SOCKET, SO_ACCEPTCONN, &value, &len), 0);
    CHECK_INT(t, value, 0);
    CHECK_INT(t, ERROR(getsockopt(fds[0], SOL_SOCKET, -1, &value, &len)), ENOPROTOOPT);
    CHECK_INT(t, ERROR(getsockopt(fds[0], 99, SO_TYPE, &value, &len)), ENOPROTOOPT);
    close(fds[0]);
    close(fds[1]);
    CHECK_INT(t, ERROR(getsockopt(fds[0], SOL_SOCKET, SO_TYPE, &value, &len)), EBADF);
    CHECK_INT(t, ERROR(getsockopt(check_fd(t, "in"), SOL_SOCKET, SO_TYPE, &value, &len)), ENOTSOCK);
}

static void refusals(struct check *t) {
    int in = check_fd(t, "in"), fds[2];
    char byte;
    CHECK_INT(t, ERROR(send(in, "x", 1, 0)), ENOTSOCK);
    CHECK_INT(t, ERROR(recv(in, &byte, 1, 0)), ENOTSOCK);
    CHECK_INT(t, ERROR(accept(in, NULL, NULL)), ENOTSOCK);
    CHECK_INT(t, ERROR(recv(-1, &byte, 1, 0)), EBADF);
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    // Connected sockets do not accept.
    CHECK(t, ERROR(accept(fds[0], NULL, NULL)) != 0);
    CHECK_INT(t, ERROR(accept4(fds[0], NULL, NULL, 0x7)), EINVAL);
    CHECK_INT(t, ERROR(send(fds[0], "x", 1, 0x40)), ENOTSUP);
    CHECK_INT(t, ERROR(recv(fds[0], &byte, 1, 0x40)), ENOTSUP);
    int limited = without(fds[0], CLOUDABI_RIGHT_FD_WRITE);
    CHECK_INT(t, ERROR(send(limited, "x", 1, 0)), ENOTCAPABLE);
    close(limited);
    close(fds[0]);
    close(fds[1]);
}

#define TESTS(X) X(pairs) X(datagrams) X(several) X(ends) X(options) X(refusals)
CHECK_MAIN(TESTS)
