// SPDX-License-Identifier: BSD-2-Clause
// A program that gives parts of what it was granted to machine code (delegated.c), by proc_exec and
// in messages; then it becomes itself once more, with a part, of which it gives parts away.

#include <cloudabi_syscalls.h>
#include <cloudabi_types.h>
#include <program.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_FD, TREE_FD, CHILD_FD, SELF_FD, INHERITED_FD, PEER_FD, HIDDEN_FD };

#define LOOKING                                                                                    \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_FD_READ |             \
     CLOUDABI_RIGHT_FILE_STAT_GET | CLOUDABI_RIGHT_FD_SEEK)

static void report(const char *name, bool good, long result) {
    dprintf(OUT_FD, "%s %s # %ld\n", good ? "ok" : "not ok", name, result);
}

static void need(cloudabi_errno_t error, const char *what) {
    if (error == 0)
        return;
    report(what, false, error);
    exit(1);
}

// With all the rights that its directory can give.
static cloudabi_fd_t open_sub(cloudabi_fd_t directory) {
    cloudabi_fdstat_t wanted = {0};
    need(cloudabi_sys_fd_stat_get(directory, &wanted), "stat-of-directory");
    wanted.fs_rights_base &= wanted.fs_rights_inheriting;
    wanted.fs_flags = 0;
    cloudabi_fd_t fd;
    need(cloudabi_sys_file_open((cloudabi_lookup_t){.fd = directory}, "sub", 3,
                                CLOUDABI_O_DIRECTORY, &wanted, &fd),
         "open-sub");
    return fd;
}

static cloudabi_fd_t copy_for_reading(cloudabi_fd_t directory) {
    const cloudabi_fdstat_t less = {.fs_rights_base =
                                        LOOKING & ~CLOUDABI_RIGHT_FD_READ & ~CLOUDABI_RIGHT_FD_SEEK,
                                    .fs_rights_inheriting = LOOKING};
    cloudabi_fd_t fd;
    need(cloudabi_sys_fd_dup(directory, &fd), "copy");
    need(cloudabi_sys_fd_stat_put(fd, &less, CLOUDABI_FDSTAT_RIGHTS), "fewer-rights");
    return fd;
}

static cloudabi_errno_t send(cloudabi_fd_t socket, const cloudabi_fd_t *fds, size_t count) {
    const cloudabi_ciovec_t byte = {"x", 1};
    const cloudabi_send_in_t in = {
        .si_data = &byte, .si_data_len = 1, .si_fds = fds, .si_fds_len = count};
    cloudabi_send_out_t out;
    return cloudabi_sys_sock_send(socket, &in, &out);
}

static cloudabi_fd_t receive(cloudabi_fd_t socket) {
    char byte;
    const cloudabi_iovec_t part = {&byte, 1};
    cloudabi_fd_t fd = 0;
    const cloudabi_recv_in_t in = {
        .ri_data = &part, .ri_data_len = 1, .ri_fds = &fd, .ri_fds_len = 1};
    cloudabi_recv_out_t out;
    need(cloudabi_sys_sock_recv(socket, &in, &out), "receive");
    if (out.ro_fdslen != 1)
        need(CLOUDABI_EBADMSG, "receive");
    return fd;
}

static void run(cloudabi_fd_t program, const char *data, const cloudabi_fd_t *fds, size_t count) {
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    need(cloudabi_sys_proc_fork(&child, &tid), "fork");
    if (child == CLOUDABI_PROCESS_CHILD) {
        need(cloudabi_sys_proc_exec(program, data, strlen(data), fds, count), "exec");
        exit(1);
    }
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_PROC_TERMINATE};
    in.proc_terminate.fd = child;
    cloudabi_event_t out = {0};
    size_t n;
    need(cloudabi_sys_poll(&in, &out, 1, &n), "wait");
    if (out.error != 0 || out.proc_terminate.signal != 0 || out.proc_terminate.exitcode != 0)
        report("end-of-child", false, (long)out.proc_terminate.signal);
    cloudabi_sys_fd_close(child);
}

static void start_child(const char *names, cloudabi_fd_t sub, cloudabi_fd_t reading) {
    cloudabi_fd_t pair[2];
    need(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &pair[0], &pair[1]), "pair");
    need(send(pair[0], (cloudabi_fd_t[]){sub, reading}, 2), "send");
    run(CHILD_FD, names, (cloudabi_fd_t[]){OUT_FD, sub, reading, TREE_FD, pair[1]}, 5);
    cloudabi_sys_fd_close(pair[0]);
    cloudabi_sys_fd_close(pair[1]);
}

// What somebody outside has opened and no path leads to is given away whole or, in full mode, not
// at all.
static void from_outside(void) {
    cloudabi_fd_t pair[2];
    need(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &pair[0], &pair[1]), "pair");
    cloudabi_fd_t sub = open_sub(INHERITED_FD);
    cloudabi_errno_t error = send(pair[0], &sub, 1);
    report("inherited-part", error == 0, error);
    receive(pair[1]);
    cloudabi_fd_t root = HIDDEN_FD;
    error = send(pair[0], &root, 1);
    report("hidden-whole", error == 0, error);
    root = receive(pair[1]);
    error = send(pair[0], &root, 1);
    report("hidden-whole-again", error == 0, error);
    root = receive(pair[1]);
    sub = open_sub(root);
    error = send(pair[0], &sub, 1);
    report("hidden-part", error == CLOUDABI_ENOTCAPABLE, error);
    root = receive(PEER_FD);
    error = send(pair[0], &root, 1);
    report("from-outside", error == CLOUDABI_ENOTCAPABLE, error);
    error = cloudabi_sys_proc_exec(CHILD_FD, "", 0, (cloudabi_fd_t[]){OUT_FD, root}, 2);
    report("from-outside-exec", error == CLOUDABI_ENOTCAPABLE, error);
}

// Who makes the parts does not keep for ever what they are made of: then there is none, and not
// more.
static void from_long_ago(cloudabi_fd_t sub) {
    cloudabi_fd_t pair[2];
    need(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &pair[0], &pair[1]), "pair");
    need(send(pair[0], &sub, 1), "send-once");
    cloudabi_fd_t old = receive(pair[1]), part = open_sub(old);
    cloudabi_errno_t error = send(pair[0], &part, 1);
    report("part-of-a-new-one", error == 0, error);
    cloudabi_sys_fd_close(receive(pair[1]));
    for (int i = 0; i < 300; ++i) {
        need(send(pair[0], &sub, 1), "send-often");
        cloudabi_sys_fd_close(receive(pair[1]));
    }
    error = send(pair[0], &part, 1);
    report("part-of-an-old-one", error == CLOUDABI_ENOTCAPABLE, error);
    cloudabi_sys_fd_close(pair[0]);
    cloudabi_sys_fd_close(pair[1]);
}

void program_main(const argdata_t *arguments) {
    (void)arguments;
    cloudabi_fdstat_t stat;
    bool nested = cloudabi_sys_fd_stat_get(PEER_FD, &stat) != 0;
    cloudabi_fd_t sub = open_sub(TREE_FD), reading = copy_for_reading(TREE_FD);
    start_child(nested ? "nested-" : "", sub, reading);
    // A subdirectory with fewer rights as well, in place of the one for reading.
    cloudabi_fd_t part = copy_for_reading(sub);
    start_child(nested ? "nested-part-" : "part-", sub, part);
    if (nested)
        exit(0);
    run(SELF_FD, "", (cloudabi_fd_t[]){OUT_FD, sub, CHILD_FD, SELF_FD}, 4);
    from_long_ago(sub);
    from_outside();
    exit(0);
}
