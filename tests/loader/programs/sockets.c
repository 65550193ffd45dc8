// SPDX-License-Identifier: BSD-2-Clause
// Sockets and descriptor passing (section 13 of the ABI), sock_accept (section 18).
#include "helpers.h"

#define LISTENER 3
#define DEAD_PIPE 4

static cloudabi_fd_t received[300];

static cloudabi_errno_t send(cloudabi_fd_t sock, const char *text, const cloudabi_fd_t *fds,
                             size_t nfds, size_t *sent) {
    cloudabi_ciovec_t part = {text, strlen(text)};
    cloudabi_send_in_t in = {.si_data = &part, .si_data_len = 1, .si_fds = fds, .si_fds_len = nfds};
    cloudabi_send_out_t out = {777};
    cloudabi_errno_t error = cloudabi_sys_sock_send(sock, &in, &out);
    *sent = out.so_datalen;
    return error;
}

static cloudabi_errno_t receive(cloudabi_fd_t sock, void *buf, size_t len, size_t nfds,
                                uint16_t flags, cloudabi_recv_out_t *out) {
    cloudabi_iovec_t part = {buf, len};
    cloudabi_recv_in_t in = {.ri_data = &part,
                             .ri_data_len = 1,
                             .ri_fds = received,
                             .ri_fds_len = nfds,
                             .ri_flags = flags};
    memset(out, 0xaa, sizeof(*out));
    return cloudabi_sys_sock_recv(sock, &in, out);
}

static void pair_of(cloudabi_filetype_t type, cloudabi_fd_t *a, cloudabi_fd_t *b) {
    check_equal(cloudabi_sys_fd_create2(type, a, b), 0, "fd_create2");
}

static void messages(void) {
    cloudabi_fd_t a, b;
    size_t n;
    char buf[16];
    cloudabi_recv_out_t out;
    pair_of(CLOUDABI_FILETYPE_SOCKET_DGRAM, &a, &b);
    check_equal(send(a, "first", NULL, 0, &n), 0, "sock_send");
    check_equal(n, 5, "so_datalen");
    send(a, "second", NULL, 0, &n);
    check_equal(receive(b, buf, 16, 0, CLOUDABI_SOCK_RECV_PEEK, &out), 0, "sock_recv PEEK");
    check_equal(out.ro_datalen, 5, "sees one message");
    check_equal(receive(b, buf, 3, 0, 0, &out), 0, "sock_recv into a short buffer");
    check_equal(out.ro_flags, CLOUDABI_SOCK_RECV_DATA_TRUNCATED, "DATA_TRUNCATED");
    check_equal(receive(b, buf, 16, 0, 0, &out), 0, "the next message");
    check(out.ro_datalen == 6 && memcmp(buf, "second", 6) == 0 && out.ro_flags == 0 &&
              out.ro_fdslen == 0,
          "boundaries are kept");
    bool clear = true;
    for (int i = 0; i < 40; ++i)
        clear = clear && out.ro_unused[i] == 0;
    check(clear, "unused bytes of the result are zero");
    check_equal(receive(b, buf, 16, 0, 1, &out), CLOUDABI_EINVAL, "sock_recv: unknown flag INVAL");
    cloudabi_send_in_t in = {.si_flags = 1};
    cloudabi_send_out_t so;
    check_equal(cloudabi_sys_sock_send(a, &in, &so), CLOUDABI_EINVAL, "sock_send: flags INVAL");
    check(send(DIR, "x", NULL, 0, &n) == CLOUDABI_ENOTSOCK &&
              receive(DIR, buf, 1, 0, 0, &out) == CLOUDABI_ENOTSOCK &&
              cloudabi_sys_sock_shutdown(DIR, 1) == CLOUDABI_ENOTSOCK,
          "a directory is NOTSOCK");
    cloudabi_fd_t weak = copy_with(a, 0, 0);
    check(send(weak, "x", NULL, 0, &n) == CLOUDABI_ENOTCAPABLE &&
              receive(weak, buf, 1, 0, 0, &out) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_sock_shutdown(weak, 1) == CLOUDABI_ENOTCAPABLE,
          "without the right: NOTCAPABLE");
    cloudabi_fdstat_t nonblock = {.fs_flags = CLOUDABI_FDFLAG_NONBLOCK};
    check_equal(cloudabi_sys_fd_stat_put(b, &nonblock, CLOUDABI_FDSTAT_FLAGS), 0, "set NONBLOCK");
    check_equal(fdstat(b).fs_flags, CLOUDABI_FDFLAG_NONBLOCK, "shows in fd_stat_get");
    check_equal(receive(b, buf, 16, 0, 0, &out), CLOUDABI_EAGAIN, "nothing there: AGAIN");
    check_equal(read_bytes(b, buf, 16, &n), CLOUDABI_EAGAIN, "fd_read too");
    cloudabi_sys_fd_close(weak);
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
}

static void closing(void) {
    cloudabi_fd_t a, b;
    size_t n = 1;
    char buf[4];
    cloudabi_recv_out_t out;
    pair_of(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    check_equal(cloudabi_sys_sock_shutdown(a, 0), CLOUDABI_EINVAL, "shutdown 0 is INVAL");
    check_equal(cloudabi_sys_sock_shutdown(a, 4), CLOUDABI_EINVAL, "shutdown 4 is INVAL");
    check_equal(cloudabi_sys_sock_shutdown(a, CLOUDABI_SHUT_WR), 0, "shutdown WR");
    check_equal(receive(b, buf, 4, 0, 0, &out), 0, "the other end");
    check_equal(out.ro_datalen, 0, "sees the end of the stream");
    check_equal(write_text(b, "x"), 0, "and can still write");
    cloudabi_sys_fd_close(a);
    check_equal(write_text(b, "x"), CLOUDABI_EPIPE, "fd_write to a closed peer: PIPE, no signal");
    check_equal(send(b, "x", NULL, 0, &n), CLOUDABI_EPIPE, "sock_send too");
    cloudabi_sys_fd_close(b);
}

static void passing(void) {
    cloudabi_fd_t a, b, file, memory, fds[3];
    size_t n;
    char buf[8];
    cloudabi_recv_out_t out;
    pair_of(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    open_at(LOOKUP(DIR), "f", CLOUDABI_O_CREAT, WRITING, 0, &file);
    shrink(file, CLOUDABI_RIGHT_FD_WRITE, 0);
    cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &memory);
    fds[0] = file;
    fds[1] = DIR;
    fds[2] = memory;
    check_equal(send(a, "abc", fds, 3, &n), 0, "three descriptors with three bytes");
    check_equal(receive(b, buf, 8, 8, 0, &out), 0, "arrive");
    check_equal(out.ro_fdslen, 3, "all three, and nothing beside them");
    check(out.ro_datalen == 3 && out.ro_flags == 0, "with the data, nothing lost");
    check_equal(fdstat(received[0]).fs_rights_base, CLOUDABI_RIGHT_FD_WRITE,
                "rights travel as sent");
    check(fdstat(received[1]).fs_rights_base == fdstat(DIR).fs_rights_base &&
              fdstat(received[1]).fs_rights_inheriting == fdstat(DIR).fs_rights_inheriting,
          "a directory keeps its rights");
    check_equal(fdstat(received[2]).fs_filetype, CLOUDABI_FILETYPE_SHARED_MEMORY,
                "shared memory is still that");
    check_equal(write_text(received[0], "hi"), 0, "a received descriptor works");
    for (int i = 0; i < 3; ++i)
        cloudabi_sys_fd_close(received[i]);

    check_equal(send(a, "abc", fds, 3, &n), 0, "again");
    check_equal(receive(b, buf, 8, 1, 0, &out), 0, "with room for one");
    check(out.ro_fdslen == 1 && out.ro_flags == CLOUDABI_SOCK_RECV_FDS_TRUNCATED,
          "what fits is kept, FDS_TRUNCATED");
    check_equal(fdstat(received[0]).fs_rights_base, CLOUDABI_RIGHT_FD_WRITE, "with its rights");
    cloudabi_sys_fd_close(received[0]);
    fds[0] = 99;
    check_equal(send(a, "abc", fds, 1, &n), CLOUDABI_EBADF, "sending a closed descriptor: BADF");
    fds[0] = DIR;
    check_equal(send(a, "", fds, 1, &n), CLOUDABI_EINVAL, "a stream needs a byte to go with");
    send(a, "abc", fds, 1, &n);
    check_equal(read_bytes(b, buf, 8, &n), 0, "fd_read of such a message");
    cloudabi_fd_t probe;
    cloudabi_sys_fd_dup(OUTPUT, &probe);
    cloudabi_sys_fd_close(probe);
    check_equal(probe, received[0], "discards the descriptors: their numbers are free");

    // The receiving socket's inheriting set cuts further.
    shrink(b, fdstat(b).fs_rights_base, CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FD_READ);
    send(a, "abc", fds, 1, &n);
    receive(b, buf, 8, 1, 0, &out);
    check_equal(fdstat(received[0]).fs_rights_base, CLOUDABI_RIGHT_FILE_OPEN,
                "cut by the socket's inheriting set");
    check_equal(fdstat(received[0]).fs_rights_inheriting,
                CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FD_READ, "inheriting as well");
    cloudabi_sys_fd_close(received[0]);
    cloudabi_sys_fd_close(file);
    cloudabi_sys_fd_close(memory);
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
}

// Attenuated in one way only, and alone in the message.
static void passing_one(void) {
    cloudabi_fd_t a, b;
    size_t n;
    char buf[8];
    cloudabi_recv_out_t out;
    pair_of(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    cloudabi_fdstat_t all = fdstat(DIR);
    cloudabi_fd_t base = copy_with(DIR, CLOUDABI_RIGHT_FILE_OPEN, all.fs_rights_inheriting);
    cloudabi_fd_t inheriting = copy_with(DIR, all.fs_rights_base, READING);
    send(a, "x", &base, 1, &n);
    receive(b, buf, 8, 8, 0, &out);
    check_equal(out.ro_fdslen, 1, "one with a smaller base");
    check_equal(fdstat(received[0]).fs_rights_base, CLOUDABI_RIGHT_FILE_OPEN, "keeps it");
    cloudabi_sys_fd_close(received[0]);
    send(a, "x", &inheriting, 1, &n);
    receive(b, buf, 8, 8, 0, &out);
    check_equal(out.ro_fdslen, 1, "one with a smaller inheriting set");
    check_equal(fdstat(received[0]).fs_rights_inheriting, READING, "keeps it");
    cloudabi_sys_fd_close(received[0]);

    // What is really in the message: a peer without this vDSO sees it so.
    char control[256] __attribute__((aligned(8)));
    struct {
        void *name;
        uint64_t name_len;
        cloudabi_iovec_t *iov;
        size_t iov_len;
        void *control;
        size_t control_len;
        uint64_t flags;
    } message;
    cloudabi_iovec_t part = {buf, 8};
    size_t lengths[2];
    const cloudabi_fd_t sent[2] = {a, base};
    for (int i = 0; i < 2; ++i) {
        memset(&message, 0, sizeof(message));
        message.iov = &part;
        message.iov_len = 1;
        message.control = control;
        message.control_len = sizeof(control);
        send(a, "x", &sent[i], 1, &n);
        long result = 47; // recvmsg
        __asm__ volatile("syscall"
                         : "+a"(result)
                         : "D"((long)b), "S"(&message), "d"(0L)
                         : "rcx", "r11", "memory");
        memcpy(&lengths[i], control, sizeof(size_t));
    }
    check_equal(lengths[0], 16 + 4, "a descriptor with all its rights travels alone");
    check_equal(lengths[1], 16 + 8, "one with fewer has its record behind it");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_close(base);
    cloudabi_sys_fd_close(inheriting);
}

// Given only where this runs without the launcher.
static void pipes(void) {
    cloudabi_fdstat_t st;
    size_t n;
    if (cloudabi_sys_fd_stat_get(DEAD_PIPE, &st) != 0) {
        print("ok pipes # SKIP no pipe was granted\n");
        return;
    }
    check_equal(st.fs_filetype, CLOUDABI_FILETYPE_SOCKET_STREAM, "a pipe is a SOCKET_STREAM");
    check((st.fs_rights_base & CLOUDABI_RIGHT_FD_READ) == 0, "its writing end has no fd_read");
    check_equal(write_text(DEAD_PIPE, "x"), CLOUDABI_EPIPE, "fd_write without a reader: PIPE");
    check_equal(send(DEAD_PIPE, "x", NULL, 0, &n), CLOUDABI_EPIPE, "sock_send too");
    check_equal(cloudabi_sys_sock_shutdown(DEAD_PIPE, 1), CLOUDABI_ENOTSOCK, "shutdown: NOTSOCK");
}

static void many(void) {
    cloudabi_fd_t a, b;
    static cloudabi_fd_t fds[253];
    size_t n;
    char buf[8];
    cloudabi_recv_out_t out;
    pair_of(CLOUDABI_FILETYPE_SOCKET_DGRAM, &a, &b);
    cloudabi_fd_t weak = copy_with(DIR, CLOUDABI_RIGHT_FILE_OPEN, 0);
    for (int i = 0; i < 253; ++i)
        fds[i] = weak;
    check_equal(send(a, "x", fds, 253, &n), CLOUDABI_EINVAL, "253 descriptors are too many");
    check_equal(send(a, "", fds, 252, &n), 0, "252 go, with an empty datagram");
    check_equal(receive(b, buf, 8, 300, 0, &out), 0, "and arrive");
    check_equal(out.ro_fdslen, 252, "all of them");
    bool all = true;
    for (size_t i = 0; i < out.ro_fdslen; ++i) {
        all = all && fdstat(received[i]).fs_rights_base == CLOUDABI_RIGHT_FILE_OPEN;
        cloudabi_sys_fd_close(received[i]);
    }
    check(all, "each with its rights");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_close(weak);
}

static void accepting(void) {
    cloudabi_fd_t conn, a, b;
    size_t n;
    char buf[8] = {0};
    cloudabi_fdstat_t st = fdstat(LISTENER);
    check_equal(st.fs_rights_base, CLOUDABI_RIGHTS_LISTENING_SOCKET_BASE, "a listener's rights");
    check_equal(cloudabi_sys_sock_accept(LISTENER, buf, &conn), CLOUDABI_EINVAL,
                "sock_accept: the unused pointer must be null");
    check_equal(cloudabi_sys_sock_accept(DIR, NULL, &conn), CLOUDABI_ENOTSOCK,
                "sock_accept: of a directory NOTSOCK");
    check_equal(cloudabi_sys_sock_accept(99, NULL, &conn), CLOUDABI_EBADF, "sock_accept: BADF");
    pair_of(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    check_equal(cloudabi_sys_sock_accept(a, NULL, &conn), CLOUDABI_EINVAL,
                "sock_accept: of a connected socket INVAL");
    cloudabi_fd_t weak = copy_with(LISTENER, CLOUDABI_RIGHT_FD_READ, 0);
    check_equal(cloudabi_sys_sock_accept(weak, NULL, &conn), CLOUDABI_ENOTCAPABLE,
                "sock_accept: without the right NOTCAPABLE");
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_FD_READ};
    in.fd_readwrite.fd = LISTENER;
    cloudabi_event_t event;
    check(cloudabi_sys_poll(&in, &event, 1, &n) == 0 && event.error == 0,
          "poll FD_READ fires when a connection waits");
    shrink(LISTENER, st.fs_rights_base, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_SOCK_SHUTDOWN);
    cloudabi_fdstat_t nonblock = {.fs_flags = CLOUDABI_FDFLAG_NONBLOCK};
    cloudabi_sys_fd_stat_put(LISTENER, &nonblock, CLOUDABI_FDSTAT_FLAGS);
    check_equal(cloudabi_sys_sock_accept(LISTENER, NULL, &conn), 0, "sock_accept");
    st = fdstat(conn);
    check_equal(st.fs_filetype, CLOUDABI_FILETYPE_SOCKET_STREAM, "gives a stream socket");
    check_equal(st.fs_rights_base, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_SOCK_SHUTDOWN,
                "with socket rights cut by the listener's inheriting set");
    check_equal(st.fs_flags, 0, "without its NONBLOCK");
    check(read_bytes(conn, buf, 8, &n) == 0 && n == 5 && memcmp(buf, "hello", 5) == 0,
          "that talks to the peer");
    check_equal(cloudabi_sys_sock_accept(LISTENER, NULL, &conn), CLOUDABI_EAGAIN,
                "NONBLOCK and nothing waiting: AGAIN");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    messages();
    closing();
    passing();
    passing_one();
    pipes();
    many();
    accepting();
}
