// SPDX-License-Identifier: BSD-2-Clause
// Descriptors that travel over sockets.

#include <sys/socket.h>

#include "../files.h"

union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(3 * sizeof(int))];
};

static ssize_t send_fds(int socket, const int *fds, size_t count) {
    union control control = {0};
    struct iovec vector = {"x", 1};
    struct msghdr message = {.msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = CMSG_SPACE(count * sizeof(int))};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(header), fds, count * sizeof(int));
    return sendmsg(socket, &message, 0);
}

// How many came, at most `room`, and msg_flags.
static int receive_fds(int socket, int *fds, size_t room, int *flags) {
    union control control;
    char byte;
    struct iovec vector = {&byte, 1};
    struct msghdr message = {.msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = room == 0 ? 0 : CMSG_LEN(room * sizeof(int))};
    if (recvmsg(socket, &message, 0) != 1)
        return -1;
    *flags = message.msg_flags;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header == NULL)
        return 0;
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        return -1;
    size_t bytes = header->cmsg_len - CMSG_LEN(0);
    memcpy(fds, CMSG_DATA(header), bytes);
    return bytes / sizeof(int);
}

static void rights_travel(struct check *t) {
    int pair[2], got[3], flags;
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    int file = openat(check_fd(t, "dir"), "passed", O_RDWR | O_CREAT);
    int limited = without(file, CLOUDABI_RIGHT_FD_WRITE);
    int sent[2] = {file, limited};
    CHECK_INT(t, send_fds(pair[0], sent, 2), 1);
    CHECK_INT(t, receive_fds(pair[1], got, 3, &flags), 2);
    CHECK_INT(t, flags, 0);
    CHECK(t, got[0] != file && got[1] != limited);
    CHECK_INT(t, write(got[0], "text", 4), 4);
    CHECK_INT(t, lseek(file, 0, SEEK_CUR), 4);
    CHECK_INT(t, ERROR(write(got[1], "text", 4)), ENOTCAPABLE);
    for (int i = 0; i < 2; ++i) {
        close(got[i]);
        close(sent[i]);
        close(pair[i]);
    }
}

static void truncation(struct check *t) {
    int pair[2], got[3] = {-1, -1, -1}, flags;
    int in = check_fd(t, "in");
    int sent[3] = {in, in, in};
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    CHECK_INT(t, send_fds(pair[0], sent, 3), 1);
    CHECK_INT(t, receive_fds(pair[1], got, 1, &flags), 1);
    CHECK_INT(t, flags, MSG_CTRUNC);
    CHECK_INT(t, lseek(got[0], 0, SEEK_CUR), 0);
    close(got[0]);
    CHECK_INT(t, send_fds(pair[0], sent, 1), 1);
    CHECK_INT(t, receive_fds(pair[1], got, 0, &flags), 0);
    CHECK_INT(t, flags, MSG_CTRUNC);
    CHECK_INT(t, send(pair[0], "x", 1, 0), 1);
    CHECK_INT(t, receive_fds(pair[1], got, 3, &flags), 0);
    CHECK_INT(t, flags, 0);
    close(pair[0]);
    close(pair[1]);
}

static int send_control(int socket, int level, int type, size_t len, size_t total) {
    union control control = {0};
    control.header = (struct cmsghdr){.cmsg_len = len, .cmsg_level = level, .cmsg_type = type};
    struct iovec vector = {"x", 1};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = total};
    return ERROR(sendmsg(socket, &message, 0));
}

static void refusals(struct check *t) {
    int pair[2], in = check_fd(t, "in");
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    int bad = closed(in);
    CHECK_INT(t, ERROR(send_fds(pair[0], &bad, 1)), EBADF);
    CHECK_INT(t, ERROR(send_fds(in, &in, 1)), ENOTSOCK);
    size_t one = CMSG_LEN(sizeof(int));
    CHECK_INT(t, send_control(pair[0], SOL_SOCKET, 2, one, one), ENOTSUP);
    CHECK_INT(t, send_control(pair[0], 99, SCM_RIGHTS, one, one), ENOTSUP);
    CHECK_INT(t, send_control(pair[0], SOL_SOCKET, SCM_RIGHTS, 3, one), EINVAL);
    CHECK_INT(t, send_control(pair[0], SOL_SOCKET, SCM_RIGHTS, one + 8, one), EINVAL);
    CHECK_INT(t, send_control(pair[0], SOL_SOCKET, SCM_RIGHTS, one - 1, one), EINVAL);
    CHECK_INT(t, send_control(pair[0], SOL_SOCKET, SCM_RIGHTS, one, 4), EINVAL);
    struct msghdr named = {.msg_name = pair, .msg_namelen = 2};
    CHECK_INT(t, ERROR(sendmsg(pair[0], &named, 0)), EISCONN);
    close(pair[0]);
    close(pair[1]);
}

// Two control messages in one, as a program may have put them together.
static void several_messages(struct check *t) {
    int pair[2], got[3], flags, in = check_fd(t, "in");
    union {
        struct cmsghdr header;
        char room[2 * CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec vector = {"x", 1};
    struct msghdr message = {.msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    for (int i = 0; i < 2; ++i) {
        *header = (struct cmsghdr){CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET};
        header->cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(header), &in, sizeof(int));
        header = CMSG_NXTHDR(&message, header);
        CHECK(t, (char *)header == (i == 0 ? control.room + CMSG_SPACE(sizeof(int)) : NULL));
    }
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    CHECK_INT(t, sendmsg(pair[0], &message, 0), 1);
    CHECK_INT(t, receive_fds(pair[1], got, 3, &flags), 2);
    CHECK_INT(t, flags, 0);
    for (int i = 0; i < 2; ++i) {
        CHECK_INT(t, close(got[i]), 0);
        close(pair[i]);
    }
}

#define TESTS(X) X(rights_travel) X(several_messages) X(truncation) X(refusals)
CHECK_MAIN(TESTS)
