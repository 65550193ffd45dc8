// SPDX-License-Identifier: BSD-2-Clause
// A granted listening socket.

#define _GNU_SOURCE
#include <poll.h>
#include <sys/socket.h>

#include "../files.h"

static void a_connection(struct check *t) {
    int listener = check_fd(t, "listener"), value = 0;
    socklen_t len = sizeof(value);
    CHECK_INT(t, getsockopt(listener, SOL_SOCKET, SO_ACCEPTCONN, &value, &len), 0);
    CHECK_INT(t, value, 1);
    struct pollfd waiting = {listener, POLLIN, 0};
    CHECK_INT(t, poll(&waiting, 1, -1), 1);
    CHECK_INT(t, waiting.revents, POLLIN);

    int limited = without(listener, CLOUDABI_RIGHT_SOCK_ACCEPT);
    CHECK_INT(t, ERROR(accept(limited, NULL, NULL)), ENOTCAPABLE);
    close(limited);

    struct sockaddr_storage address;
    len = sizeof(address);
    int connection = accept4(listener, (struct sockaddr *)&address, &len, SOCK_NONBLOCK);
    CHECK_REQUIRE(t, connection >= 0);
    CHECK_INT(t, len, 0);
    CHECK_INT(t, fcntl(connection, F_GETFL), O_RDWR | O_NONBLOCK);
    char data[8] = "";
    CHECK_INT(t, recv(connection, data, sizeof(data), 0), 5);
    CHECK_STR(t, data, "hello");
    CHECK_INT(t, ERROR(recv(connection, data, sizeof(data), 0)), EAGAIN);
    CHECK_INT(t, send(connection, "bye", 3, 0), 3);
    CHECK_INT(t, close(connection), 0);
}

static void nobody_waiting(struct check *t) {
    int listener = check_fd(t, "listener");
    struct pollfd waiting = {listener, POLLIN, 0};
    CHECK_INT(t, poll(&waiting, 1, 0), 0);
    CHECK_INT(t, fcntl(listener, F_SETFL, O_NONBLOCK), 0);
    CHECK_INT(t, ERROR(accept(listener, NULL, NULL)), EAGAIN);
}

static void nothing_else(struct check *t) {
    int listener = check_fd(t, "listener");
    char byte;
    CHECK(t, ERROR(read(listener, &byte, 1)) != 0);
    CHECK_INT(t, ERROR(write(listener, "x", 1)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(send(listener, "x", 1, 0)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(shutdown(listener, SHUT_RD)), ENOTCAPABLE);
}

#define TESTS(X) X(a_connection) X(nobody_waiting) X(nothing_else)
CHECK_MAIN(TESTS)
