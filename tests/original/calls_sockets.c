// SPDX-License-Identifier: BSD-2-Clause
// Socket pairs: data, descriptors, polling, the end.

#include "calls.h"

static struct event poll_one(uint8_t type, uint32_t fd) {
    // The flag is the one that the original's callers set.
    struct subscription in = {.type = type, .fd = {.fd = fd, .flags = POLL_OBSOLETE}};
    struct event event = {.error = EINVAL};
    size_t n = 0;
    if (cloudabi_sys_poll(&in, &event, 1, &n) != 0 || n != 1)
        event.error = EINVAL;
    return event;
}

static void descriptors(const uint32_t ends[2]) {
    uint32_t sent, received[2] = {NO_FD, NO_FD};
    char buf[8];
    size_t n;
    struct fdstat rights = {.base = RIGHT_FILE_STAT_FGET};
    cloudabi_sys_fd_dup(DIRECTORY, &sent);
    cloudabi_sys_fd_stat_put(sent, &rights, STAT_RIGHTS);
    struct vec data = {PATH("abc")}, into = {buf, sizeof(buf)};
    struct send_in in = {.data = &data, .data_len = 1, .fds = &sent, .fds_len = 1};
    struct send_out out = {0};
    check_equal(cloudabi_sys_sock_send(ends[0], &in, &out), 0, "sock_send");
    check_equal(out.data_len, 3, "sends all");
    struct recv_in want = {.data = &into, .data_len = 1, .fds = received, .fds_len = 2};
    struct recv_out got = {.flags = 0xffff};
    check_equal(cloudabi_sys_sock_recv(ends[1], &want, &got), 0, "sock_recv");
    check(got.data_len == 3 && got.fds_len == 1 && got.flags == 0 && memcmp(buf, "abc", 3) == 0,
          "gets data and a descriptor");
    check_equal(cloudabi_sys_fd_stat_get(received[0], &rights), 0, "which is open");
    check(rights.type == TYPE_DIRECTORY && rights.base == RIGHT_FILE_STAT_FGET &&
              rights.inheriting == 0,
          "and has the rights that it was sent with");
    cloudabi_sys_fd_close(received[0]);
    cloudabi_sys_fd_close(sent);
    in.fds = &(uint32_t){12345};
    check_equal(cloudabi_sys_sock_send(ends[0], &in, &out), EBADF, "one that is not open");
    struct fdstat flags = {.flags = FLAG_NONBLOCK};
    check_equal(cloudabi_sys_fd_stat_put(ends[1], &flags, STAT_FLAGS), 0, "fd_stat_put: NONBLOCK");
    check_equal(cloudabi_sys_fd_read(ends[1], &into, 1, &n), EAGAIN, "nothing to read");
}

void calls_sockets(void) {
    uint32_t ends[2];
    char buf[8];
    size_t n = 9;
    struct vec into = {buf, sizeof(buf)};
    check_equal(cloudabi_sys_fd_create2(TYPE_STREAM, &ends[0], &ends[1]), 0, "fd_create2");
    descriptors(ends);
    struct event event = poll_one(EVENT_FD_WRITE, ends[0]);
    check(event.error == 0 && event.type == EVENT_FD_WRITE, "poll: may be written");
    cloudabi_sys_fd_write(ends[0], &(struct vec){"x", 1}, 1, &n);
    event = poll_one(EVENT_FD_READ, ends[1]);
    check(event.error == 0 && (event.fd.flags & HANGUP) == 0, "poll: may be read");
    check_equal(cloudabi_sys_fd_read(ends[1], &into, 1, &n), 0, "fd_read");
    check_equal(cloudabi_sys_sock_shutdown(ends[0], SHUT_WR), 0, "sock_shutdown");
    check_equal(cloudabi_sys_fd_read(ends[1], &into, 1, &n), 0, "fd_read after it");
    check_equal(n, 0, "is at the end");
    cloudabi_sys_fd_close(ends[0]);
    check_equal(cloudabi_sys_fd_write(ends[1], &into, 1, &n), EPIPE, "nobody reads: no signal");
    event = poll_one(EVENT_FD_READ, ends[1]);
    check(event.error == 0 && (event.fd.flags & HANGUP) != 0, "poll: hung up");
    cloudabi_sys_fd_close(ends[1]);
    event = poll_one(EVENT_FD_READ, ends[1]);
    check_equal(event.error, EBADF, "poll: not open any more");
    check_equal(cloudabi_sys_fd_create2(TYPE_DGRAM, &ends[0], &ends[1]), 0, "datagrams");
    cloudabi_sys_fd_close(ends[0]);
    cloudabi_sys_fd_close(ends[1]);
}
