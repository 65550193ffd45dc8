// SPDX-License-Identifier: BSD-2-Clause
// Datagram sockets from outside, under the filter that has no sendmsg. test_datagrams.py is the
// peer: it answers what it gets with the same, after "re:".
#include "helpers.h"

enum { CONNECTED = 3, BOUND, LOCAL, UNCONNECTED, STREAM };

static cloudabi_errno_t send(cloudabi_fd_t sock, const cloudabi_ciovec_t *parts, size_t count,
                             const cloudabi_fd_t *fds, size_t fds_count, size_t *sent) {
    cloudabi_send_in_t in = {
        .si_data = parts, .si_data_len = count, .si_fds = fds, .si_fds_len = fds_count};
    cloudabi_send_out_t out = {777};
    cloudabi_errno_t error = cloudabi_sys_sock_send(sock, &in, &out);
    *sent = out.so_datalen;
    return error;
}

// The length of the next message, which must begin with `text`.
static size_t receive(cloudabi_fd_t sock, const char *text) {
    char buf[64];
    cloudabi_iovec_t part = {buf, sizeof(buf)};
    cloudabi_recv_in_t in = {.ri_data = &part, .ri_data_len = 1};
    cloudabi_recv_out_t out = {.ro_datalen = 999};
    check_equal(cloudabi_sys_sock_recv(sock, &in, &out), 0, "sock_recv");
    check(out.ro_datalen >= strlen(text) && memcmp(buf, text, strlen(text)) == 0, text);
    return out.ro_datalen;
}

static void connected(cloudabi_fd_t sock) {
    size_t n;
    check_equal(fdstat(sock).fs_filetype, CLOUDABI_FILETYPE_SOCKET_DGRAM, "a datagram socket");
    check_equal(write_text(sock, "one"), 0, "fd_write reaches the peer");
    check_equal(receive(sock, "re:one"), 6, "which answers");
    cloudabi_ciovec_t parts[2] = {{"tw", 2}, {"o", 1}};
    check_equal(send(sock, parts, 2, NULL, 0, &n), 0, "sock_send too");
    check_equal(n, 3, "so_datalen");
    check_equal(receive(sock, "re:two"), 6, "two buffers are one datagram");
    check_equal(cloudabi_sys_fd_write(sock, parts, 2, &n), 0, "and with fd_write");
    check_equal(receive(sock, "re:two"), 6, "the same");
    check_equal(send(sock, parts, 0, NULL, 0, &n), 0, "sock_send of nothing");
    check_equal(n, 0, "so_datalen 0");
    check_equal(receive(sock, "re:"), 3, "is an empty datagram");
    cloudabi_ciovec_t empty = {"", 0};
    check_equal(cloudabi_sys_fd_write(sock, &empty, 1, &n), 0, "fd_write of nothing");
    check_equal(receive(sock, "re:"), 3, "is one too");
}

static void limits(void) {
    static cloudabi_ciovec_t many[1025];
    static char large[70000];
    size_t n;
    for (size_t i = 0; i < 1025; ++i)
        many[i] = (cloudabi_ciovec_t){"x", 1};
    check_equal(send(CONNECTED, many, 1025, NULL, 0, &n), CLOUDABI_EMSGSIZE,
                "a datagram of more buffers than Linux takes");
    check_equal(cloudabi_sys_fd_write(CONNECTED, many, 1025, &n), CLOUDABI_EMSGSIZE,
                "with fd_write too");
    cloudabi_ciovec_t part = {large, sizeof(large)};
    check_equal(send(CONNECTED, &part, 1, NULL, 0, &n), CLOUDABI_EMSGSIZE, "one that is too long");
    check_equal(send(CONNECTED, (cloudabi_ciovec_t[]){{(void *)8, 4}}, 1, NULL, 0, &n),
                CLOUDABI_EFAULT, "a bad buffer");
}

static void without_peer(void) {
    size_t n;
    cloudabi_ciovec_t part = {"x", 1};
    check((fdstat(BOUND).fs_rights_base & CLOUDABI_RIGHT_FD_WRITE) == 0,
          "one that is not connected cannot be written");
    check_equal(write_text(BOUND, "x"), CLOUDABI_ENOTCAPABLE, "NOTCAPABLE");
    check_equal(write_text(CONNECTED, "to bound"), 0, "the peer is asked to send there");
    check_equal(receive(BOUND, "to bound"), 8, "and it receives");
    check_equal(write_text(UNCONNECTED, "x"), CLOUDABI_EDESTADDRREQ,
                "a descriptor from outside without peer: DESTADDRREQ");
    check_equal(send(UNCONNECTED, &part, 1, NULL, 0, &n), CLOUDABI_EDESTADDRREQ, "sock_send too");
    check_equal(send(UNCONNECTED, &part, 0, NULL, 0, &n), CLOUDABI_EDESTADDRREQ, "of nothing too");
}

static void descriptors(void) {
    cloudabi_fd_t a, b, fds[1] = {DIR};
    cloudabi_ciovec_t part = {"x", 1};
    size_t n;
    check_equal(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b), 0, "a pair");
    check_equal(send(a, &part, 1, fds, 1, &n), CLOUDABI_ENOTSUP, "takes no descriptors here");
    check_equal(send(LOCAL, &part, 1, fds, 1, &n), CLOUDABI_ENOTSUP, "nor does a UNIX socket");
    check_equal(fdstat(DIR).fs_filetype, CLOUDABI_FILETYPE_DIRECTORY, "which are still there");
    check_equal(send(a, &part, 1, NULL, 0, &n), 0, "bytes it does");
    check_equal(receive(b, "x"), 1, "and nothing had arrived");
    cloudabi_sys_fd_close(a);
    check_equal(write_text(b, "x"), CLOUDABI_EPIPE, "fd_write to a closed peer: PIPE, no signal");
    check_equal(send(b, &part, 1, NULL, 0, &n), CLOUDABI_EPIPE, "sock_send too");
    cloudabi_sys_fd_close(b);
    check_equal(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_DGRAM, &a, &b), 0, "packets");
    check_equal(send(a, &part, 1, NULL, 0, &n), 0, "one");
    check_equal(write_text(a, "second"), 0, "two");
    check_equal(receive(b, "x"), 1, "arrive by themselves");
    check_equal(receive(b, "second"), 6, "in order");
}

static void children(void) {
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    cloudabi_errno_t error = cloudabi_sys_proc_fork(&child, &tid);
    if (child == CLOUDABI_PROCESS_CHILD)
        cloudabi_sys_proc_exit(write_text(CONNECTED, "child") == 0 ? 7 : 1);
    check_equal(error, 0, "proc_fork");
    check_equal(wait_process(child).proc_terminate.exitcode, 7, "a child sends as well");
    check_equal(receive(CONNECTED, "re:child"), 8, "to the same peer");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    connected(CONNECTED);
    connected(LOCAL);
    limits();
    without_peer();
    descriptors();
    children();
    check_equal(write_text(STREAM, "stream"), 0, "a stream that was connected for us");
    check_equal(receive(STREAM, "re:stream"), 9, "works as well");
}
