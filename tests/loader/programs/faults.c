// SPDX-License-Identifier: BSD-2-Clause
// Every pointer of every call, made bad in every way: FAULT, and nothing is left changed.
#include <stdatomic.h>

#include "helpers.h"

#define PAGE 4096
#define RW (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE)
#define ANON (CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE)
#define PRIVATE CLOUDABI_SCOPE_PRIVATE
#define SHARED CLOUDABI_SCOPE_SHARED

static cloudabi_fd_t file, a, b, program, number;
static cloudabi_tid_t tid;
static size_t n;
static uint64_t value;
static char buf[64];
static cloudabi_fdstat_t fdstat_buf;
static cloudabi_filestat_t filestat;
static cloudabi_iovec_t iov = {buf, 4};
static cloudabi_ciovec_t ciov = {buf, 4};
static cloudabi_event_t event;
static _Atomic(cloudabi_lock_t) lock;
static _Atomic(cloudabi_condvar_t) condvar;
static _Atomic(bool) thread_ran;

// How the vDSO uses what is there: reads it, writes it, leaves it to Linux (where a piece that is
// good may do), or takes it for a word that changes.
enum use { IN, OUT, LINUX_IN, LINUX_OUT, WORD };

static cloudabi_errno_t poll_lock(void *at, cloudabi_eventtype_t type, uint8_t scope,
                                  cloudabi_event_t *out, size_t *nevents) {
    cloudabi_subscription_t in = {.type = type};
    in.lock.lock = at;
    in.lock.lock_scope = scope;
    cloudabi_errno_t error = cloudabi_sys_poll(&in, out, 1, nevents);
    return error != 0 || out != &event ? error : event.error;
}

static cloudabi_errno_t poll_condvar(void *word, void *held) {
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_CONDVAR};
    in.condvar.condvar = word;
    in.condvar.condvar_scope = in.condvar.lock_scope = PRIVATE;
    in.condvar.lock = held;
    cloudabi_errno_t error = cloudabi_sys_poll(&in, &event, 1, &n);
    return error != 0 ? error : event.error;
}

static cloudabi_errno_t receive(cloudabi_iovec_t *data, cloudabi_fd_t *fds, size_t fds_len) {
    cloudabi_recv_in_t in = {
        .ri_data = data, .ri_data_len = 1, .ri_fds = fds, .ri_fds_len = fds_len};
    cloudabi_recv_out_t out;
    return cloudabi_sys_sock_recv(b, &in, &out);
}

static cloudabi_errno_t send(const cloudabi_ciovec_t *data, const cloudabi_fd_t *fds,
                             size_t fds_len) {
    cloudabi_send_in_t in = {
        .si_data = data, .si_data_len = 1, .si_fds = fds, .si_fds_len = fds_len};
    cloudabi_send_out_t out;
    return cloudabi_sys_sock_send(a, &in, &out);
}

static void other_thread(cloudabi_tid_t self, void *argument) {
    (void)self, (void)argument;
    thread_ran = true;
    cloudabi_sys_thread_exit(&lock, PRIVATE);
}

static cloudabi_threadattr_t attr = {.entry_point = other_thread};
static const cloudabi_recv_in_t recv_in = {.ri_data = &iov, .ri_data_len = 1};
static cloudabi_recv_out_t recv_out;
static const cloudabi_send_in_t send_in = {.si_data = &ciov, .si_data_len = 1};
static cloudabi_send_out_t send_out;
static const cloudabi_subscription_t now = {.type = CLOUDABI_EVENTTYPE_CLOCK,
                                            .clock = {.clock_id = CLOUDABI_CLOCK_MONOTONIC}};

#define CASES(X)                                                                                   \
    X("clock_res_get", OUT, clock_res_get(1, p))                                                   \
    X("clock_time_get", OUT, clock_time_get(1, 0, p))                                              \
    X("clock_timespec_get", OUT, clock_timespec_get(1, p))                                         \
    X("clock_timespec_get", OUT, clock_timespec_get(4, p))                                         \
    X("condvar_signal", WORD, condvar_signal(p, PRIVATE, 1))                                       \
    X("condvar_signal", WORD, condvar_signal(p, SHARED, 1))                                        \
    X("fd_create1", OUT, fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, p))                           \
    X("fd_create2", OUT, fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, p, &number))                  \
    X("fd_create2", OUT, fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &number, p))                  \
    X("fd_dup", OUT, fd_dup(file, p))                                                              \
    X("fd_pread", IN, fd_pread(file, p, 1, 0, &n))                                                 \
    X("fd_pread", LINUX_OUT, fd_pread(file, (&(cloudabi_iovec_t){p, 4}), 1, 0, &n))                \
    X("fd_pread", OUT, fd_pread(file, &iov, 1, 0, p))                                              \
    X("fd_pread", OUT, fd_pread(file, ((cloudabi_iovec_t[]){iov, iov}), 2, 0, p))                  \
    X("fd_pwrite", IN, fd_pwrite(file, p, 1, 0, &n))                                               \
    X("fd_pwrite", LINUX_IN, fd_pwrite(file, (&(cloudabi_ciovec_t){p, 4}), 1, 0, &n))              \
    X("fd_pwrite", OUT, fd_pwrite(file, &ciov, 1, 0, p))                                           \
    X("fd_read", IN, fd_read(file, p, 1, &n))                                                      \
    X("fd_read", IN, fd_read(file, p, 2, &n))                                                      \
    X("fd_read", LINUX_OUT, fd_read(file, (&(cloudabi_iovec_t){p, 4}), 1, &n))                     \
    X("fd_read", OUT, fd_read(file, &iov, 1, p))                                                   \
    X("fd_write", IN, fd_write(file, p, 1, &n))                                                    \
    X("fd_write", IN, fd_write(a, p, 1, &n))                                                       \
    X("fd_write", LINUX_IN, fd_write(file, (&(cloudabi_ciovec_t){p, 4}), 1, &n))                   \
    X("fd_write", LINUX_IN, fd_write(a, (&(cloudabi_ciovec_t){p, 4}), 1, &n))                      \
    X("fd_write", OUT, fd_write(file, &ciov, 1, p))                                                \
    X("fd_seek", OUT, fd_seek(file, 0, CLOUDABI_WHENCE_SET, p))                                    \
    X("fd_stat_get", OUT, fd_stat_get(file, p))                                                    \
    X("fd_stat_put", IN, fd_stat_put(file, p, CLOUDABI_FDSTAT_FLAGS))                              \
    X("fd_stat_put", IN, fd_stat_put(file, p, CLOUDABI_FDSTAT_RIGHTS))                             \
    X("file_create", IN, file_create(DIR, p, 9, CLOUDABI_FILETYPE_DIRECTORY))                      \
    X("file_link", IN, file_link(LOOKUP(DIR), p, 9, DIR, STRING("second")))                        \
    X("file_link", IN, file_link(LOOKUP(DIR), STRING("file"), DIR, p, 9))                          \
    X("file_open", IN, file_open(LOOKUP(DIR), p, 200, 0, &fdstat_buf, &number))                    \
    X("file_open", IN, file_open(LOOKUP(DIR), STRING("file"), 0, p, &number))                      \
    X("file_open", OUT, file_open(LOOKUP(DIR), STRING("file"), 0, &fdstat_buf, p))                 \
    X("file_readdir", OUT, file_readdir(DIR, p, 64, 0, &n))                                        \
    X("file_readdir", OUT, file_readdir(DIR, buf, 64, 0, p))                                       \
    X("file_readlink", IN, file_readlink(DIR, p, 9, buf, 64, &n))                                  \
    X("file_readlink", OUT, file_readlink(DIR, STRING("link"), p, 4, &n))                          \
    X("file_readlink", OUT, file_readlink(DIR, STRING("link"), buf, 64, p))                        \
    X("file_rename", IN, file_rename(DIR, p, 9, DIR, STRING("second")))                            \
    X("file_rename", IN, file_rename(DIR, STRING("file"), DIR, p, 9))                              \
    X("file_stat_fget", OUT, file_stat_fget(file, p))                                              \
    X("file_stat_fput", IN, file_stat_fput(file, p, CLOUDABI_FILESTAT_SIZE))                       \
    X("file_stat_get", IN, file_stat_get(LOOKUP(DIR), p, 9, &filestat))                            \
    X("file_stat_get", OUT, file_stat_get(LOOKUP(DIR), STRING("file"), p))                         \
    X("file_stat_put", IN, file_stat_put(LOOKUP(DIR), p, 9, &filestat, CLOUDABI_FILESTAT_ATIM))    \
    X("file_stat_put", IN, file_stat_put(LOOKUP(DIR), STRING("file"), p, CLOUDABI_FILESTAT_ATIM))  \
    X("file_symlink", IN, file_symlink(p, 9, DIR, STRING("second")))                               \
    X("file_symlink", IN, file_symlink(STRING("file"), DIR, p, 9))                                 \
    X("file_unlink", IN, file_unlink(DIR, p, 9, 0))                                                \
    X("lock_unlock", WORD, lock_unlock(p, PRIVATE))                                                \
    X("lock_unlock", WORD, lock_unlock(p, SHARED))                                                 \
    X("mem_map", OUT, mem_map(NULL, PAGE, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, p))                   \
    X("poll", IN, poll(p, &event, 1, &n))                                                          \
    X("poll", IN, poll(p, &event, 40, &n))                                                         \
    X("poll", OUT, poll(&now, p, 1, &n))                                                           \
    X("poll", OUT, poll(&now, &event, 1, p))                                                       \
    X("proc_exec", LINUX_IN, proc_exec(program, p, 9, NULL, 0))                                    \
    X("proc_exec", IN, proc_exec(program, NULL, 0, p, 3))                                          \
    X("proc_fork", OUT, proc_fork(p, &tid))                                                        \
    X("proc_fork", OUT, proc_fork(&number, p))                                                     \
    X("random_get", LINUX_OUT, random_get(p, 9))                                                   \
    X("sock_recv", IN, sock_recv(b, p, &recv_out))                                                 \
    X("sock_recv", OUT, sock_recv(b, &recv_in, p))                                                 \
    X("sock_send", IN, sock_send(a, p, &send_out))                                                 \
    X("sock_send", OUT, sock_send(a, &send_in, p))                                                 \
    X("thread_create", IN, thread_create(p, &tid))                                                 \
    X("thread_create", OUT, thread_create(&attr, p))

#define CASE_FUNCTION(call, use, invocation)                                                       \
    if (which == at++)                                                                             \
        return cloudabi_sys_##invocation;

// Makes call number `which` of the list above.
static cloudabi_errno_t make(size_t which, void *p) {
    size_t at = 0;
    CASES(CASE_FUNCTION)
    switch (which - at) {
    case 0:
        return receive(p, NULL, 0);
    case 1:
        return receive(&(cloudabi_iovec_t){p, 4}, NULL, 0);
    case 2:
        return receive(&iov, p, 2);
    case 3:
        return send(p, NULL, 0);
    case 4:
        return send(p, &file, 1);
    case 5:
        return send(&(cloudabi_ciovec_t){p, 4}, NULL, 0);
    case 6:
        return send(&ciov, p, 2);
    case 7:
        return poll_lock(p, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, PRIVATE, &event, &n);
    case 8:
        return poll_lock(p, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, SHARED, &event, &n);
    case 9:
        return poll_lock(&lock, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, PRIVATE, p, &n);
    case 10:
        return poll_lock(&lock, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, SHARED, &event, p);
    case 11:
        return poll_condvar(p, &lock);
    default:
        return poll_condvar(&condvar, p);
    }
}

#define CASE_ROW(call, use, invocation) {call, use},
static const struct {
    char call[20];
    uint8_t use;
} rows[] = {CASES(CASE_ROW){"sock_recv", IN},
            {"sock_recv", LINUX_OUT},
            {"sock_recv", OUT},
            {"sock_send", IN},
            {"sock_send", IN},
            {"sock_send", LINUX_IN},
            {"sock_send", IN},
            {"poll", WORD},
            {"poll", WORD},
            {"poll", OUT},
            {"poll", OUT},
            {"poll", WORD},
            {"poll", WORD}};
#define COUNT (sizeof(rows) / sizeof(rows[0]))

enum bad { NOTHING, UNMAPPED, KERNEL, NOT_CANONICAL, BEYOND_FILE, READ_ONLY, LAST_BYTE, WAYS };
static void *bad[WAYS];

static void make_pages(void) {
    void *pages;
    cloudabi_fd_t memory;
    cloudabi_sys_mem_map(NULL, 3 * PAGE, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, &pages);
    bad[READ_ONLY] = pages;
    cloudabi_sys_mem_protect(pages, PAGE, CLOUDABI_PROT_READ);
    bad[UNMAPPED] = (char *)pages + 2 * PAGE;
    cloudabi_sys_mem_unmap(bad[UNMAPPED], PAGE);
    bad[LAST_BYTE] = (char *)bad[UNMAPPED] - 1;
    bad[KERNEL] = (void *)UINT64_C(0xffffffff80000000);
    bad[NOT_CANONICAL] = (void *)UINT64_C(0x0000800000000000);
    cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &memory);
    cloudabi_sys_mem_map(NULL, PAGE, RW, CLOUDABI_MAP_SHARED, memory, 0, &bad[BEYOND_FILE]);
    cloudabi_sys_fd_close(memory);
}

static bool suits(enum bad way, enum use use) {
    if (way == READ_ONLY)
        return use != IN && use != LINUX_IN;
    return way != LAST_BYTE || use == IN || use == OUT;
}

static uint64_t open_descriptors(void) {
    uint64_t set = 0;
    cloudabi_fdstat_t st;
    for (cloudabi_fd_t fd = 0; fd < 64; ++fd) {
        if (cloudabi_sys_fd_stat_get(fd, &st) == 0)
            set |= UINT64_C(1) << fd;
    }
    return set;
}

static bool one(size_t which) {
    bool ok = true;
    for (enum bad way = NOTHING; way < WAYS; ++way) {
        if (!suits(way, rows[which].use))
            continue;
        uint64_t before = open_descriptors();
        cloudabi_sys_fd_seek(file, 0, CLOUDABI_WHENCE_SET, &value);
        cloudabi_errno_t error = make(which, bad[way]);
        if (error == CLOUDABI_EFAULT && open_descriptors() == before)
            continue;
        ok = false;
        print("# case ");
        print_number(which);
        print(" way ");
        print_number(way);
        print(" got ");
        print_number(error);
        print("\n");
    }
    return ok;
}

static void every_call(void) {
    for (size_t i = 0; i < COUNT; ++i) {
        bool ok = true, first = true;
        for (size_t j = 0; j < COUNT; ++j) {
            if (memcmp(rows[i].call, rows[j].call, sizeof(rows[i].call)) != 0)
                continue;
            first = first && j >= i;
            ok = first ? one(j) && ok : ok;
        }
        char name[64] = "FAULT: ";
        memcpy(name + 7, rows[i].call, sizeof(rows[i].call));
        if (first)
            check(ok, name);
    }
}

static void half_a_result(void) {
    check(cloudabi_sys_clock_timespec_get(1, (void *)((char *)bad[UNMAPPED] - 8)) ==
              CLOUDABI_EFAULT,
          "clock_timespec_get: the nanoseconds alone have no place");
}

static void nothing_changed(void) {
    read_bytes(b, buf, sizeof(buf), &n);
    check(memcmp(buf, "waiting", 7) == 0 && n == 7, "sockets carry what they carried");
    check(!thread_ran, "no thread was made");
    check(lock == 0 && condvar == 0, "no lock was taken");
    cloudabi_sys_mem_map(NULL, PAGE, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, (void **)&value);
    memcpy((void *)value, "stays", 5);
    check(cloudabi_sys_mem_map((void *)value, PAGE, RW, ANON | CLOUDABI_MAP_FIXED,
                               CLOUDABI_MAP_ANON_FD, 0, bad[UNMAPPED]) == CLOUDABI_EFAULT &&
              memcmp((void *)value, "stays", 5) == 0,
          "mem_map FIXED: what was there stays");
    write_text(a, "message");
    check(cloudabi_sys_sock_recv(b, &recv_in, bad[UNMAPPED]) == CLOUDABI_EFAULT &&
              receive(&(cloudabi_iovec_t){buf, 64}, bad[READ_ONLY], 3) == CLOUDABI_EFAULT &&
              read_bytes(b, buf, 64, &n) == 0 && n == 7,
          "sock_recv: the message can still be received");
    check(cloudabi_sys_sock_send(a, &send_in, bad[UNMAPPED]) == CLOUDABI_EFAULT &&
              shrink(b, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS, 0) == 0 &&
              cloudabi_sys_fd_stat_put(b,
                                       &(cloudabi_fdstat_t){.fs_flags = CLOUDABI_FDFLAG_NONBLOCK},
                                       CLOUDABI_FDSTAT_FLAGS) == 0 &&
              read_bytes(b, buf, 64, &n) == CLOUDABI_EAGAIN,
          "sock_send: nothing was sent");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    static char stack[4096];
    attr.stack = stack;
    attr.stack_len = sizeof(stack);
    make_pages();
    fdstat_buf.fs_rights_base = CLOUDABI_RIGHT_FD_READ;
    open_at(LOOKUP(DIR), "file", CLOUDABI_O_CREAT,
            WRITING | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE | CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS, 0,
            &file);
    write_text(file, "contents");
    make_link("file", DIR, "link");
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    open_at(LOOKUP(PROGRAMS), "loader_program_exec_target", 0, READING | CLOUDABI_RIGHT_PROC_EXEC,
            0, &program);
    write_text(a, "waiting"); // for the calls that look at their buffer when something is there
    every_call();
    half_a_result();
    nothing_changed();
}
