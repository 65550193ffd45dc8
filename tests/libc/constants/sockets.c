// SPDX-License-Identifier: BSD-2-Clause
// The constants of <sys/socket.h> that are left are those the calls take or give.
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "distinct.h"

static void families(struct check *t) {
    DISTINCT(t, NAMED(AF_UNSPEC), NAMED(AF_UNIX), NAMED(AF_INET), NAMED(AF_INET6));
    CHECK_INT(t, AF_LOCAL, AF_UNIX);
    CHECK_INT(t, AF_FILE, AF_UNIX);
    CHECK_INT(t, PF_UNSPEC, AF_UNSPEC);
    CHECK_INT(t, PF_UNIX, AF_UNIX);
    CHECK_INT(t, PF_LOCAL, AF_UNIX);
    CHECK_INT(t, PF_FILE, AF_UNIX);
    CHECK_INT(t, PF_INET, AF_INET);
    CHECK_INT(t, PF_INET6, AF_INET6);
    struct sockaddr_storage storage = {.ss_family = AF_INET6};
    CHECK_INT(t, ((struct sockaddr *)&storage)->sa_family, AF_INET6);
}

static void types(struct check *t) {
    static const int types[] = {SOCK_STREAM, SOCK_DGRAM};
    FLAGS(t, NAMED(SOCK_STREAM | SOCK_DGRAM), NAMED(SOCK_CLOEXEC), NAMED(SOCK_NONBLOCK));
    for (size_t i = 0; i < 2; ++i) {
        int fds[2], type = 0;
        socklen_t size = sizeof(type);
        CHECK_REQUIRE(t, socketpair(AF_UNIX, types[i] | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) == 0);
        CHECK_INT(t, getsockopt(fds[0], SOL_SOCKET, SO_TYPE, &type, &size), 0);
        CHECK_INT(t, type, types[i]);
        CHECK_INT(t, fcntl(fds[1], F_GETFL) & O_NONBLOCK, O_NONBLOCK);
        close(fds[0]);
        close(fds[1]);
    }
}

static void options(struct check *t) {
    static const int known[] = {SO_TYPE, SO_ERROR, SO_ACCEPTCONN};
    DISTINCT(t, NAMED(SO_TYPE), NAMED(SO_ERROR), NAMED(SO_ACCEPTCONN));
    int fds[2];
    CHECK_REQUIRE(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
    int found = 0;
    for (int option = -1; option < 100; ++option) {
        int value = -1;
        socklen_t size = sizeof(value);
        bool answered = getsockopt(fds[0], SOL_SOCKET, option, &value, &size) == 0;
        bool expected = false;
        for (size_t i = 0; i < 3; ++i)
            expected |= known[i] == option;
        CHECK_INT(t, answered, expected);
        found += answered;
    }
    CHECK_INT(t, found, 3);
    close(fds[0]);
    close(fds[1]);
}

static void flags_of_messages(struct check *t) {
    FLAGS(t, NAMED(MSG_PEEK), NAMED(MSG_WAITALL), NAMED(MSG_NOSIGNAL), NAMED(MSG_CMSG_CLOEXEC),
          NAMED(MSG_TRUNC), NAMED(MSG_CTRUNC));
    int fds[2];
    char byte[2] = "";
    CHECK_REQUIRE(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
    CHECK_INT(t, send(fds[0], "ab", 2, MSG_NOSIGNAL), 2);
    CHECK_INT(t, recv(fds[1], byte, 1, MSG_PEEK), 1);
    CHECK_INT(t, byte[0], 'a');
    CHECK_INT(t, recv(fds[1], byte, 2, MSG_WAITALL), 2);
    CHECK_INT(t, byte[1], 'b');
    for (int bit = 1; bit != 0 && bit > 0; bit <<= 1) {
        bool taken = send(fds[0], "c", 1, bit) == 1;
        CHECK_INT(t, taken, bit == MSG_NOSIGNAL);
    }
    close(fds[0]);
    close(fds[1]);
}

static void ends(struct check *t) {
    static const int ways[] = {SHUT_RD, SHUT_WR, SHUT_RDWR};
    DISTINCT(t, NAMED(SHUT_RD), NAMED(SHUT_WR), NAMED(SHUT_RDWR));
    for (size_t i = 0; i < 3; ++i) {
        int fds[2];
        CHECK_REQUIRE(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
        CHECK_INT(t, shutdown(fds[0], ways[i]), 0);
        bool lost = send(fds[0], "a", 1, MSG_NOSIGNAL) < 0;
        CHECK_INT(t, lost, ways[i] != SHUT_RD);
        close(fds[0]);
        close(fds[1]);
    }
}

static void control(struct check *t) {
    CHECK_INT(t, CMSG_ALIGN(1), sizeof(size_t));
    CHECK_INT(t, CMSG_ALIGN(sizeof(size_t)), sizeof(size_t));
    CHECK_INT(t, CMSG_LEN(0), CMSG_ALIGN(sizeof(struct cmsghdr)));
    CHECK_INT(t, CMSG_LEN(5), CMSG_LEN(0) + 5);
    CHECK_INT(t, CMSG_SPACE(5), CMSG_LEN(0) + CMSG_ALIGN(5));
    int fds[2], got = -1;
    CHECK_REQUIRE(t, socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0);
    char byte = 'x';
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int))];
    } buffer;
    memset(&buffer, 0, sizeof(buffer));
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = &buffer,
                             .msg_controllen = sizeof(buffer)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    CHECK(t, CMSG_DATA(header) == (unsigned char *)&buffer + CMSG_LEN(0));
    *header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(header), &fds[0], sizeof(int));
    CHECK_INT(t, sendmsg(fds[0], &message, MSG_NOSIGNAL), 1);
    message.msg_controllen = sizeof(buffer);
    CHECK_INT(t, recvmsg(fds[1], &message, MSG_CMSG_CLOEXEC), 1);
    CHECK_INT(t, message.msg_flags & MSG_CTRUNC, 0);
    header = CMSG_FIRSTHDR(&message);
    CHECK_REQUIRE(t, header != NULL && header->cmsg_type == SCM_RIGHTS);
    CHECK_INT(t, header->cmsg_level, SOL_SOCKET);
    memcpy(&got, CMSG_DATA(header), sizeof(got));
    CHECK_INT(t, close(got), 0);
    close(fds[0]);
    close(fds[1]);
}

static void addresses(struct check *t) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "end"};
    CHECK_INT(t, SUN_LEN(&address), offsetof(struct sockaddr_un, sun_path) + 3);
    CHECK(t, sizeof(struct sockaddr_storage) >= sizeof(address));
}

#define TESTS(X)                                                                                   \
    X(families) X(types) X(options) X(flags_of_messages) X(ends) X(control) X(addresses)
CHECK_MAIN(TESTS)
