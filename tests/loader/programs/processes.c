// SPDX-License-Identifier: BSD-2-Clause
// fork, exec, raise and process descriptors (section 12 of the ABI).
#include <stdatomic.h>

#include "helpers.h"

static cloudabi_fd_t target;

static cloudabi_fd_t fork_child(cloudabi_tid_t *tid) {
    cloudabi_fd_t fd = 0;
    if (cloudabi_sys_proc_fork(&fd, tid) != 0)
        check(false, "proc_fork");
    return fd;
}

static void forking(const cloudabi_auxv_t *auxv) {
    cloudabi_tid_t tid = 0;
    static _Atomic(cloudabi_lock_t) lock;
    cloudabi_fd_t child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        // What fails here shows in the exit code.
        if (tid == 0 || tid == auxv_find(auxv, CLOUDABI_AT_TID)->a_val)
            cloudabi_sys_proc_exit(1);
        lock = CLOUDABI_LOCK_WRLOCKED | tid;
        if (cloudabi_sys_lock_unlock(&lock, CLOUDABI_SCOPE_PRIVATE) != 0)
            cloudabi_sys_proc_exit(2);
        if (fdstat(DIR).fs_filetype != CLOUDABI_FILETYPE_DIRECTORY)
            cloudabi_sys_proc_exit(3);
        cloudabi_sys_proc_exit(42);
    }
    cloudabi_fdstat_t st = fdstat(child);
    check_equal(st.fs_filetype, CLOUDABI_FILETYPE_PROCESS, "the parent gets a process descriptor");
    check_equal(st.fs_rights_base,
                CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_POLL_PROC_TERMINATE, "its rights");
    cloudabi_event_t event = wait_process(child);
    check_equal(event.error, 0, "PROC_TERMINATE fires");
    check_equal(event.proc_terminate.signal, 0, "no signal");
    check_equal(event.proc_terminate.exitcode, 42,
                "the child has a new tid, its locks, its descriptors, and its exit code arrives");
    event = wait_process(child);
    check_equal(event.proc_terminate.exitcode, 42, "waiting does not consume it");
    check_equal(cloudabi_sys_fd_close(child), 0, "closing the descriptor");
    check_equal(lock, 0, "memory is not shared");
}

static void exit_codes(void) {
    cloudabi_tid_t tid;
    cloudabi_fd_t child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD)
        cloudabi_sys_proc_exit(0x87654321);
    check_equal(wait_process(child).proc_terminate.exitcode, 0x87654321,
                "all 32 bits of an exit code");
    cloudabi_sys_fd_close(child);
    child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_fd_t grandchild = fork_child(&tid);
        if (grandchild == CLOUDABI_PROCESS_CHILD)
            cloudabi_sys_proc_exit(70000);
        cloudabi_sys_proc_exit(wait_process(grandchild).proc_terminate.exitcode + 1);
    }
    check_equal(wait_process(child).proc_terminate.exitcode, 70001, "of a grandchild too");
    cloudabi_sys_fd_close(child);
    child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD)
        cloudabi_sys_proc_exec(target, STRING("big"), NULL, 0);
    check_equal(wait_process(child).proc_terminate.exitcode, 0x12345678, "and after exec");
    cloudabi_sys_fd_close(child);
    child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD)
        // exit_group without the vDSO: the record stays empty.
        __asm__ volatile("syscall" : : "a"(231L), "D"(5L) : "rcx", "r11", "memory");
    check_equal(wait_process(child).proc_terminate.exitcode, 5, "what Linux says counts");
    cloudabi_sys_fd_close(child);
}

static void killing(void) {
    cloudabi_fd_t a, b, copy, alive;
    cloudabi_tid_t tid;
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    cloudabi_fd_t child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_fd_close(a);
        sleep_ms(20000);
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_dup(child, &copy);
    cloudabi_sys_fd_close(child);
    // Another child must not take its copy of the descriptor for the last one.
    alive = fork_child(&tid);
    if (alive == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_fd_close(copy);
        cloudabi_sys_proc_exit(0);
    }
    wait_process(alive);
    cloudabi_sys_fd_close(alive);
    cloudabi_subscription_t in[2] = {{.type = CLOUDABI_EVENTTYPE_FD_READ},
                                     {.type = CLOUDABI_EVENTTYPE_CLOCK}};
    in[0].fd_readwrite.fd = a;
    in[1].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    in[1].clock.timeout = 30000000;
    cloudabi_event_t out[2];
    size_t n;
    cloudabi_sys_poll(in, out, 2, &n);
    check_equal(out[0].type, CLOUDABI_EVENTTYPE_CLOCK,
                "a child lives on while a copy of its descriptor is open");
    cloudabi_sys_fd_close(copy);
    char byte;
    check_equal(read_bytes(a, &byte, 1, &n), 0, "closing the last copy");
    check_equal(n, 0, "kills the child: its end of the socket is closed");
    cloudabi_sys_fd_close(a);

    child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        sleep_ms(20000);
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    check_equal(cloudabi_sys_fd_replace(a, child), 0, "fd_replace over a process descriptor");
    check_equal(fdstat(child).fs_filetype, CLOUDABI_FILETYPE_SOCKET_STREAM, "works");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_close(child);
}

// A copy in another process keeps the child alive.
static void sending(void) {
    cloudabi_fd_t a, b, life[2];
    cloudabi_tid_t tid;
    size_t n;
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &life[0], &life[1]);
    cloudabi_fd_t child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_fd_close(life[0]);
        char go;
        read_bytes(life[1], &go, 1, &n);
        write_text(life[1], "alive");
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_sys_fd_close(life[1]);
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_DGRAM, &a, &b);
    cloudabi_ciovec_t byte = {"x", 1};
    cloudabi_send_in_t in = {.si_data = &byte, .si_data_len = 1, .si_fds = &child, .si_fds_len = 1};
    cloudabi_send_out_t sent;
    check_equal(cloudabi_sys_sock_send(a, &in, &sent), 0, "a process descriptor can be sent");
    cloudabi_sys_fd_close(child);
    char buf[8] = {0};
    cloudabi_iovec_t part = {buf, 8};
    cloudabi_fd_t arrived = UINT32_MAX;
    cloudabi_recv_in_t rin = {
        .ri_data = &part, .ri_data_len = 1, .ri_fds = &arrived, .ri_fds_len = 1};
    cloudabi_recv_out_t rout;
    check_equal(cloudabi_sys_sock_recv(b, &rin, &rout), 0, "and received");
    check_equal(fdstat(arrived).fs_filetype, CLOUDABI_FILETYPE_PROCESS, "as a process descriptor");
    write_text(life[0], "g");
    check(read_bytes(life[0], buf, 8, &n) == 0 && n == 5,
          "the child lives although its maker closed the descriptor");
    wait_process(arrived);
    cloudabi_sys_fd_close(arrived);
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_close(life[0]);
}

static cloudabi_event_t after_signal(cloudabi_signal_t signal) {
    cloudabi_tid_t tid;
    cloudabi_fd_t child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_errno_t error = cloudabi_sys_proc_raise(signal);
        cloudabi_sys_proc_exit(error == 0 ? 77 : 78);
    }
    cloudabi_event_t event = wait_process(child);
    cloudabi_sys_fd_close(child);
    return event;
}

static void raising(void) {
    static const uint8_t fatal[] = {
        CLOUDABI_SIGABRT, CLOUDABI_SIGALRM, CLOUDABI_SIGBUS,    CLOUDABI_SIGFPE,  CLOUDABI_SIGHUP,
        CLOUDABI_SIGILL,  CLOUDABI_SIGINT,  CLOUDABI_SIGKILL,   CLOUDABI_SIGQUIT, CLOUDABI_SIGSEGV,
        CLOUDABI_SIGSYS,  CLOUDABI_SIGTERM, CLOUDABI_SIGTRAP,   CLOUDABI_SIGUSR1, CLOUDABI_SIGUSR2,
        CLOUDABI_SIGXCPU, CLOUDABI_SIGXFSZ, CLOUDABI_SIGVTALRM,
    };
    bool all = true;
    for (size_t i = 0; i < sizeof(fatal); ++i) {
        cloudabi_event_t event = after_signal(fatal[i]);
        all = all && event.error == 0 && event.proc_terminate.signal == fatal[i] &&
              event.proc_terminate.exitcode == 0;
    }
    check(all, "each of 18 signals terminates, is reported by its number, exitcode 0");
    static const uint8_t harmless[] = {0, CLOUDABI_SIGCHLD, CLOUDABI_SIGPIPE, CLOUDABI_SIGURG,
                                       CLOUDABI_SIGCONT};
    all = true;
    for (size_t i = 0; i < sizeof(harmless); ++i)
        all = all && after_signal(harmless[i]).proc_terminate.exitcode == 77;
    check(all, "0, CHLD, PIPE, URG and CONT succeed and do nothing");
    check_equal(cloudabi_sys_proc_raise(27), CLOUDABI_EINVAL, "an unknown number is INVAL");
    check_equal(cloudabi_sys_proc_raise(255), CLOUDABI_EINVAL, "255 too");
}

static void stopping(void) {
    static const uint8_t stops[] = {CLOUDABI_SIGSTOP, CLOUDABI_SIGTSTP, CLOUDABI_SIGTTIN,
                                    CLOUDABI_SIGTTOU};
    // TSTP, TTIN and TTOU do not stop a process whose group nobody could continue (POSIX
    // 11.1.4): those go on, and that is all that can be asked of them everywhere.
    for (size_t i = 0; i < sizeof(stops); ++i) {
        cloudabi_fd_t a, b;
        cloudabi_tid_t tid;
        cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
        cloudabi_fd_t child = fork_child(&tid);
        if (child == CLOUDABI_PROCESS_CHILD) {
            write_text(b, cloudabi_sys_proc_raise(stops[i]) == 0 ? "went on" : "failed!");
            sleep_ms(20000);
        }
        cloudabi_subscription_t in[2] = {{.type = CLOUDABI_EVENTTYPE_FD_READ},
                                         {.type = CLOUDABI_EVENTTYPE_CLOCK}};
        in[0].fd_readwrite.fd = a;
        in[1].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
        in[1].clock.timeout = 100000000;
        cloudabi_event_t out[2];
        size_t n;
        char buf[8] = "";
        cloudabi_sys_poll(in, out, 2, &n);
        bool stopped = out[0].type == CLOUDABI_EVENTTYPE_CLOCK;
        if (!stopped)
            read_bytes(a, buf, 8, &n);
        check(stops[i] == CLOUDABI_SIGSTOP ? stopped : stopped || memcmp(buf, "went on", 7) == 0,
              "a stop signal stops, and is no error");
        check_equal(cloudabi_sys_fd_close(child), 0, "a stopped child can be killed");
        cloudabi_sys_fd_close(a);
        cloudabi_sys_fd_close(b);
    }
}

// Runs the exec target in a child with these descriptors; returns how it ended.
static cloudabi_event_t run(const char *data, const cloudabi_fd_t *fds, size_t nfds) {
    cloudabi_tid_t tid;
    cloudabi_fd_t child = fork_child(&tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_proc_exec(target, data, strlen(data), fds, nfds);
        cloudabi_sys_proc_exit(99);
    }
    cloudabi_event_t event = wait_process(child);
    cloudabi_sys_fd_close(child);
    return event;
}

static void executing(void) {
    cloudabi_fd_t a, b, file;
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    open_at(LOOKUP(DIR), "f", CLOUDABI_O_CREAT, WRITING, 0, &file);
    shrink(file, CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_SEEK, 0);
    // exec_target.c checks the order: output, directory, output, file, socket, output.
    cloudabi_fd_t list[] = {OUTPUT, DIR, OUTPUT, file, b, OUTPUT};
    cloudabi_event_t event = run("renumbered", list, 6);
    check(event.error == 0 && event.proc_terminate.signal == 0, "exec: the new program exits");
    check_equal(event.proc_terminate.exitcode, 0, "and finds data, numbers, rights as listed");
    cloudabi_fd_t swapped[] = {OUTPUT, b, a, DIR, file};
    event = run("permuted", swapped, 5);
    check_equal(event.proc_terminate.exitcode, 0, "exec: numbers in another order");
    event = run("", NULL, 0);
    check_equal(event.proc_terminate.exitcode, 55, "exec: no data, no descriptors");
    event = run("again", (cloudabi_fd_t[]){OUTPUT, target}, 2);
    check_equal(event.proc_terminate.exitcode, 0, "exec: from a program that was exec'd");
    event = run("uuid", (cloudabi_fd_t[]){OUTPUT, target}, 2);
    check_equal(event.proc_terminate.exitcode, 0, "exec: a new UUID and canary");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_close(file);
}

static void make_program(const char *name, const void *bytes, size_t len) {
    cloudabi_fd_t fd;
    cloudabi_ciovec_t part = {bytes, len};
    size_t n;
    open_at(LOOKUP(DIR), name, CLOUDABI_O_CREAT, WRITING, 0, &fd);
    cloudabi_sys_fd_write(fd, &part, 1, &n);
    cloudabi_sys_fd_close(fd);
}

static void refusing(void) {
    cloudabi_fd_t bad, own;
    static int kept = 5;
    make_program("script", STRING("#!/bin/sh\nexit 0\n"));
    const cloudabi_rights_t rights = CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_FD_READ;
    open_at(LOOKUP(DIR), "script", 0, rights, 0, &bad);
    cloudabi_fd_t list[] = {OUTPUT, 99};
    cloudabi_sys_fd_dup(DIR, &own);
    check_equal(cloudabi_sys_proc_exec(bad, "x", 1, list, 1), CLOUDABI_ENOEXEC,
                "exec: a script is NOEXEC");
    check(kept == 5 && fdstat(own).fs_filetype == CLOUDABI_FILETYPE_DIRECTORY &&
              fdstat(DIR).fs_rights_base == fdstat(own).fs_rights_base,
          "the caller continues unchanged");
    cloudabi_sys_fd_close(bad);
    open_at(LOOKUP(DIR), "empty", CLOUDABI_O_CREAT, rights, 0, &bad);
    check_equal(cloudabi_sys_proc_exec(bad, "x", 1, list, 1), CLOUDABI_ENOEXEC,
                "exec: an empty file is NOEXEC");
    cloudabi_sys_fd_close(bad);
    check_equal(cloudabi_sys_proc_exec(target, "x", 1, list, 2), CLOUDABI_EBADF,
                "exec: a bad entry is BADF");
    check_equal(fdstat(own).fs_filetype, CLOUDABI_FILETYPE_DIRECTORY, "and nothing changes");
    check_equal(cloudabi_sys_proc_exec(99, "x", 1, list, 1), CLOUDABI_EBADF, "exec: of 99 BADF");
    check_equal(cloudabi_sys_proc_exec(target, "x", UINT64_C(1) << 40, list, 1), CLOUDABI_E2BIG,
                "exec: too much data is 2BIG");
    check_equal(cloudabi_sys_proc_exec(target, "x", 1, list, UINT64_C(1) << 40), CLOUDABI_E2BIG,
                "exec: too many descriptors is 2BIG");
    check_equal(cloudabi_sys_proc_exec(target, (void *)8, 100, list, 1), CLOUDABI_EFAULT,
                "exec: a bad data pointer is FAULT");
    check_equal(fdstat(own).fs_filetype, CLOUDABI_FILETYPE_DIRECTORY, "and nothing changes");
    cloudabi_sys_fd_close(own);
}

// An exec that does not list a process descriptor closes its last copy.
static void exec_kills(void) {
    cloudabi_fd_t a, b;
    cloudabi_tid_t tid;
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    cloudabi_fd_t middle = fork_child(&tid);
    if (middle == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_fd_close(a);
        cloudabi_fd_t grandchild = fork_child(&tid);
        if (grandchild == CLOUDABI_PROCESS_CHILD) {
            sleep_ms(20000);
            cloudabi_sys_proc_exit(0);
        }
        cloudabi_sys_proc_exec(target, "", 0, NULL, 0);
        cloudabi_sys_proc_exit(99);
    }
    cloudabi_sys_fd_close(b);
    wait_process(middle);
    char byte;
    size_t n = 1;
    check(read_bytes(a, &byte, 1, &n) == 0 && n == 0,
          "exec without a process descriptor kills that child");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(middle);

    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    middle = fork_child(&tid);
    if (middle == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_fd_close(a);
        if (fork_child(&tid) == CLOUDABI_PROCESS_CHILD)
            sleep_ms(20000);
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_sys_fd_close(b);
    check(read_bytes(a, &byte, 1, &n) == 0 && n == 0, "proc_exit kills the children");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(middle);
}

void test(const cloudabi_auxv_t *auxv) {
    check_equal(open_at(LOOKUP(PROGRAMS), "loader_program_exec_target", 0,
                        CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_FD_READ, 0, &target),
                0, "the exec target can be opened");
    forking(auxv);
    exit_codes();
    killing();
    sending();
    raising();
    stopping();
    executing();
    refusing();
    exec_kills();
}
