// SPDX-License-Identifier: BSD-2-Clause
// Processes: fork and exec as the original's spawn used them.

#include "calls.h"

static uint32_t ends[2];

static void exit_with(void *code) {
    cloudabi_sys_proc_exit((uint32_t)(uintptr_t)code);
}

static void raise_signal(void *number) {
    cloudabi_sys_proc_raise((uint8_t)(uintptr_t)number);
    cloudabi_sys_proc_exit(99);
}

// The child has its own copy of memory and TLS, all descriptors, and a new thread id.
static void look_around(void *parent_tid) {
    struct fdstat stat;
    bool ok = cloudabi_sys_fd_stat_get(DIRECTORY, &stat) == 0 && stat.type == TYPE_DIRECTORY &&
              thread_self() == (uint32_t)(uintptr_t)parent_tid && tcb_get()->parent != NULL;
    cloudabi_sys_proc_exit(ok ? 5 : 6);
}

// What the original's spawn did: the error goes back over a socket, then 127.
static void become(const char *path, size_t len, const char *data, size_t data_len) {
    uint32_t program;
    error_t error = open_at(PROGRAMS, path, len, 0, RIGHTS_READING | RIGHT_PROC_EXEC, &program);
    if (error == 0)
        error = cloudabi_sys_proc_exec(program, data, data_len, &ends[1], 1);
    size_t n;
    cloudabi_sys_fd_write(ends[1], &(struct vec){&error, sizeof(error)}, 1, &n);
    cloudabi_sys_proc_exit(127);
}

static void become_itself(void *unused) {
    (void)unused;
    become(PATH("calls"), PATH("child"));
}

static void wait_forever(void *unused) {
    char byte;
    size_t n;
    (void)unused;
    cloudabi_sys_fd_read(ends[1], &(struct vec){&byte, 1}, 1, &n);
}

static void become_itself_with_threads(void *unused) {
    struct thread threads[3];
    for (int i = 0; i < 3; ++i)
        thread_start(&threads[i], wait_forever, NULL);
    become_itself(unused);
}

static void become_ours(void *unused) {
    (void)unused;
    become(PATH("with_main"), PATH("name\0first\0\0unterminated"));
}

static void become_text(void *unused) {
    (void)unused;
    become(PATH("text"), PATH(""));
}

static void starting_programs(void) {
    unsigned char uuid[17];
    struct vec into = {uuid, sizeof(uuid)};
    size_t n = 0;
    check_equal(cloudabi_sys_fd_create2(TYPE_STREAM, &ends[0], &ends[1]), 0, "fd_create2");
    struct ending ending = in_child(become_itself, NULL);
    check(ending.error == 0 && ending.signal == 0 && ending.exitcode == 42,
          "proc_exec starts another program of the original's");
    check_equal(cloudabi_sys_fd_read(ends[0], &into, 1, &n), 0, "it has the descriptor listed");
    check(n == 16 && memcmp(uuid, start.pid, 16) != 0, "and a UUID of its own");
    ending = in_child(become_itself_with_threads, NULL);
    check(ending.error == 0 && ending.exitcode == 42, "also from among other threads");
    cloudabi_sys_fd_read(ends[0], &into, 1, &n);
    ending = in_child(become_ours, NULL);
    check(ending.error == 0 && ending.signal == 0 && ending.exitcode == 40,
          "proc_exec starts one of ours, whose main() gets four strings");
    ending = in_child(become_text, NULL);
    check(ending.error == 0 && ending.exitcode == 127, "what is no program is not started");
    error_t error = 0;
    into = (struct vec){&error, sizeof(error)};
    cloudabi_sys_fd_read(ends[0], &into, 1, &n);
    check_equal(error, ENOEXEC, "and the caller goes on, with the error");
    cloudabi_sys_fd_close(ends[0]);
    cloudabi_sys_fd_close(ends[1]);
}

// A child that never ends by itself holds the other end.
static void closing_kills(void) {
    uint32_t child, tid;
    char byte;
    size_t n = 9;
    cloudabi_sys_fd_create2(TYPE_STREAM, &ends[0], &ends[1]);
    error_t error = cloudabi_sys_proc_fork(&child, &tid);
    if (error == 0 && child == CHILD) {
        cloudabi_sys_fd_close(ends[0]);
        cloudabi_sys_fd_read(ends[1], &(struct vec){&byte, 1}, 1, &n);
        cloudabi_sys_proc_exit(1);
    }
    cloudabi_sys_fd_close(ends[1]);
    struct fdstat stat = {0};
    cloudabi_sys_fd_stat_get(child, &stat);
    check(stat.type == TYPE_PROCESS &&
              (stat.base & ~(RIGHT_FILE_STAT_FGET | RIGHT_POLL_TERMINATE)) == 0,
          "proc_fork gives a descriptor of a process");
    check_equal(cloudabi_sys_fd_close(child), 0, "fd_close of it");
    check_equal(cloudabi_sys_fd_read(ends[0], &(struct vec){&byte, 1}, 1, &n), 0, "the child ends");
    check_equal(n, 0, "by being killed");
    cloudabi_sys_fd_close(ends[0]);
}

void calls_processes(void) {
    struct ending ending = in_child(exit_with, (void *)(uintptr_t)200);
    check(ending.error == 0 && ending.signal == 0 && ending.exitcode == 200, "proc_exit");
    ending = in_child(exit_with, (void *)(uintptr_t)0x12345678);
    check_equal(ending.exitcode, 0x12345678, "keeps all 32 bits");
    ending = in_child(raise_signal, (void *)(uintptr_t)SIG_ABRT);
    check(ending.error == 0 && ending.exitcode != 99 && ending.exitcode != 1, "proc_raise");
    ending = in_child(look_around, (void *)(uintptr_t)thread_self());
    check_equal(ending.exitcode, 5, "a child has memory, TLS and descriptors");
    starting_programs();
    closing_kills();
}
