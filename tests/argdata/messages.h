// SPDX-License-Identifier: BSD-2-Clause
// Helpers of the tests that send values.

#ifndef MESSAGES_H
#define MESSAGES_H

#include <sys/socket.h>

#include <fcntl.h>
#include <unistd.h>

#include "argdata_test.h"

// {"port": 8080, "log": fd N} as it is sent.
static const uint8_t example[] = "\0\0\0\0\0\0\0\x18"
                                 "\x06\x86\x08port\0\x83\x05\x1f\x90\x85\x08log\0\x85\x03\0\0\0";
_Static_assert(sizeof(example) == 32, "the final NUL is the last byte of the descriptor number");

static inline void pair_of_sockets(int ends[2]) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        abort();
}

static inline void pair_of_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        abort();
}

static inline void close_pair(const int ends[2]) {
    close(ends[0]);
    close(ends[1]);
}

static inline void nonblocking(int fd) {
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
        abort();
}

// Whether two descriptors are the two ends of a pipe: what goes in comes out.
static inline bool connected(int read_end, int write_end) {
    char byte = 0;
    return write(write_end, "x", 1) == 1 && read(read_end, &byte, 1) == 1 && byte == 'x';
}

static inline void send_raw(int fd, const void *bytes, size_t length, const int *fds,
                            size_t count) {
    char control[CMSG_SPACE(8 * sizeof(int))] = {0};
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), fds, count * sizeof(int));
    }
    if (sendmsg(fd, &message, 0) != (ssize_t)length)
        abort();
}

// Receives what is there; returns how many descriptors came along, and closes them.
static inline int receive_raw(int fd) {
    static char data[65536];
    char control[CMSG_SPACE(8 * sizeof(int))];
    struct iovec part = {.iov_base = data, .iov_len = sizeof(data)};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof(control)};
    struct cmsghdr *header;
    if (recvmsg(fd, &message, 0) <= 0 || (header = CMSG_FIRSTHDR(&message)) == NULL)
        return 0;
    int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (int i = 0; i < count; ++i) {
        int received;
        memcpy(&received, CMSG_DATA(header) + (size_t)i * sizeof(int), sizeof(int));
        close(received);
    }
    return count;
}

// The only descriptor of a sequence or map of which it is the last value, or -1.
static inline int last_fd(const argdata_t *ad) {
    int fd = -1;
    const argdata_t *key, *value;
    argdata_map_iterator_t map;
    for (argdata_map_iterate(ad, &map); argdata_map_get(&map, &key, &value); argdata_map_next(&map))
        (void)argdata_get_fd(value, &fd);
    argdata_seq_iterator_t seq;
    for (argdata_seq_iterate(ad, &seq); argdata_seq_get(&seq, &value); argdata_seq_next(&seq))
        (void)argdata_get_fd(value, &fd);
    return fd;
}

#endif
