// SPDX-License-Identifier: BSD-2-Clause
// Edge rules of sockets, poll, memory, threads and processes that no other program tests.
#include <stdatomic.h>

#include "helpers.h"

#define PRIVATE CLOUDABI_SCOPE_PRIVATE
#define PAGE 4096
#define RW (CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE)
#define ANON (CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE)
#define SENTINEL 0x5a5a5a5a

static char buf[64];
static size_t n;
static cloudabi_fd_t target;

static cloudabi_fd_t fork_child(void) {
    cloudabi_fd_t fd = UINT32_MAX - 1;
    cloudabi_tid_t tid;
    if (cloudabi_sys_proc_fork(&fd, &tid) != 0)
        check(false, "proc_fork");
    return fd;
}

static cloudabi_fd_t pair(cloudabi_filetype_t type, cloudabi_fd_t *other) {
    cloudabi_fd_t fd = UINT32_MAX;
    cloudabi_sys_fd_create2(type, &fd, other);
    return fd;
}

static cloudabi_errno_t receive(cloudabi_fd_t fd, size_t len, uint16_t flags,
                                cloudabi_recv_out_t *out) {
    cloudabi_iovec_t parts[2] = {{buf, len / 2}, {buf + len / 2, len - len / 2}};
    cloudabi_recv_in_t in = {.ri_data = parts, .ri_data_len = 2, .ri_flags = flags};
    return cloudabi_sys_sock_recv(fd, &in, out);
}

static void sockets(void) {
    cloudabi_fd_t b, a = pair(CLOUDABI_FILETYPE_SOCKET_STREAM, &b);
    cloudabi_recv_out_t out;
    cloudabi_fd_t child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        for (int i = 0; i < 4; ++i) {
            sleep_ms(10);
            write_text(a, "abc");
        }
        cloudabi_sys_proc_exit(0);
    }
    check(receive(b, 12, CLOUDABI_SOCK_RECV_WAITALL, &out) == 0 && out.ro_datalen == 12 &&
              memcmp(buf, "abcabcabcabc", 12) == 0,
          "sock_recv: WAITALL waits for all bytes, into all vectors");
    wait_process(child);
    cloudabi_sys_fd_close(child);
    write_text(a, "peeked");
    check(receive(b, 12, CLOUDABI_SOCK_RECV_PEEK, &out) == 0 && out.ro_datalen == 6 &&
              receive(b, 12, 0, &out) == 0 && out.ro_datalen == 6,
          "sock_recv: PEEK leaves the bytes of a stream");
    check_equal(cloudabi_sys_sock_shutdown(b, CLOUDABI_SHUT_RD), 0, "sock_shutdown RD");
    check(receive(b, 4, 0, &out) == 0 && out.ro_datalen == 0, "nothing can be received any more");
    check_equal(write_text(a, "x"), CLOUDABI_EPIPE, "the peer gets PIPE");
    check_equal(write_text(b, "still"), 0, "the other direction goes on");
    check_equal(cloudabi_sys_sock_shutdown(a, CLOUDABI_SHUT_RD | CLOUDABI_SHUT_WR), 0,
                "sock_shutdown of both");
    check_equal(write_text(b, "x"), CLOUDABI_EPIPE, "closes both");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    check(cloudabi_sys_sock_shutdown(a, 1) == CLOUDABI_EBADF &&
              receive(a, 4, 0, &out) == CLOUDABI_EBADF,
          "socket calls on a closed descriptor: BADF");

    // A stream that is full takes a part; a datagram goes whole or not at all.
    a = pair(CLOUDABI_FILETYPE_SOCKET_STREAM, &b);
    cloudabi_fdstat_t nonblock = {.fs_flags = CLOUDABI_FDFLAG_NONBLOCK};
    cloudabi_sys_fd_stat_put(a, &nonblock, CLOUDABI_FDSTAT_FLAGS);
    static char block[1 << 20];
    cloudabi_ciovec_t part = {block, sizeof(block)};
    cloudabi_send_in_t in = {.si_data = &part, .si_data_len = 1};
    cloudabi_send_out_t sent = {0};
    check(cloudabi_sys_sock_send(a, &in, &sent) == 0 && sent.so_datalen > 0 &&
              sent.so_datalen < sizeof(block),
          "sock_send: so_datalen may be short on a stream");
    cloudabi_errno_t error;
    while ((error = cloudabi_sys_sock_send(a, &in, &sent)) == 0)
        ;
    check_equal(error, CLOUDABI_EAGAIN, "NONBLOCK and full: AGAIN");
    check_equal(fdstat(b).fs_flags, 0, "NONBLOCK is of one end only");
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    a = pair(CLOUDABI_FILETYPE_SOCKET_DGRAM, &b);
    cloudabi_fd_t bad[] = {DIR, 700};
    cloudabi_ciovec_t small = {"x", 1};
    in = (cloudabi_send_in_t){.si_data = &small, .si_data_len = 1, .si_fds = bad, .si_fds_len = 2};
    check_equal(cloudabi_sys_sock_send(a, &in, &sent), CLOUDABI_EBADF,
                "sock_send: any bad descriptor is BADF");
    cloudabi_sys_fd_stat_put(b, &nonblock, CLOUDABI_FDSTAT_FLAGS);
    check_equal(receive(b, 4, 0, &out), CLOUDABI_EAGAIN, "and nothing was sent");
    write_text(a, "one");
    write_text(a, "two");
    check(read_bytes(b, buf, 64, &n) == 0 && n == 3 && read_bytes(b, buf, 2, &n) == 0 && n == 2 &&
              read_bytes(b, buf, 64, &n) == CLOUDABI_EAGAIN,
          "fd_read: one datagram each, the rest of a long one is gone");
    cloudabi_sys_fd_close(a);
    check(receive(b, 4, 0, &out) == 0 && out.ro_datalen == 0, "a datagram peer that closed: 0");
    cloudabi_sys_fd_close(b);
}

static cloudabi_subscription_t in[4];
static cloudabi_event_t out[4];

static cloudabi_errno_t run(size_t count) {
    n = 0;
    memset(out, 0xaa, sizeof(out));
    return cloudabi_sys_poll(in, out, count, &n);
}

static void clock_at(int i, uint64_t timeout, uint16_t flags) {
    in[i] = (cloudabi_subscription_t){.type = CLOUDABI_EVENTTYPE_CLOCK, .userdata = 100 + i};
    in[i].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    in[i].clock.timeout = timeout;
    in[i].clock.flags = flags;
    in[i].clock.identifier = i;
}

static void fd_at(int i, uint8_t type, cloudabi_fd_t fd) {
    in[i] = (cloudabi_subscription_t){.type = type, .userdata = 100 + i};
    in[i].fd_readwrite.fd = fd;
}

static void polling(void) {
    cloudabi_fd_t b, a = pair(CLOUDABI_FILETYPE_SOCKET_STREAM, &b);
    clock_at(0, 1, 2);
    check(run(1) == 0 && n == 1 && out[0].error == CLOUDABI_EINVAL, "an unknown clock flag: INVAL");
    clock_at(0, UINT64_MAX, 0);
    clock_at(1, 0, 0);
    check(run(2) == 0 && n == 1 && out[0].userdata == 101, "2^64-1 ns from now do not wrap");
    clock_at(0, UINT64_MAX, CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME);
    check(run(2) == 0 && n == 1 && out[0].userdata == 101, "nor does that moment");
    clock_at(0, 0, CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME);
    check(run(2) == 0 && n == 2 && out[0].userdata == 100 && out[1].userdata == 101,
          "two clocks that are due both fire");
    in[0].clock.precision = UINT64_MAX;
    check(run(1) == 0 && n == 1 && out[0].error == 0, "precision is a hint");
    in[0].clock.clock_id = 77;
    check(run(1) == 0 && n == 1 && out[0].error == CLOUDABI_ENOTSUP, "clock 77: NOTSUP");

    check_equal(cloudabi_sys_poll(in, out, SIZE_MAX / 16, &n), CLOUDABI_EINVAL,
                "more subscriptions than memory can hold: INVAL");
    check_equal(cloudabi_sys_poll(in, out, UINT64_C(1) << 50, &n), CLOUDABI_ENOMEM,
                "more than there is memory: NOMEM");

    // Descriptors, a process and a clock at once; the process ends first.
    cloudabi_fd_t child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        sleep_ms(30);
        cloudabi_sys_proc_exit(9);
    }
    fd_at(0, CLOUDABI_EVENTTYPE_FD_READ, a);
    fd_at(1, CLOUDABI_EVENTTYPE_PROC_TERMINATE, child);
    clock_at(2, UINT64_C(20000000000), 0);
    check(run(3) == 0 && n == 1 && out[0].userdata == 101 && out[0].error == 0 &&
              out[0].type == CLOUDABI_EVENTTYPE_PROC_TERMINATE &&
              out[0].proc_terminate.exitcode == 9 && out[0].proc_terminate.signal == 0,
          "a process among descriptors and clocks");
    write_text(b, "x");
    check(run(3) == 0 && n == 2 && out[0].userdata == 100 && out[1].userdata == 101,
          "it stays ended; the descriptor fires beside it");
    in[0].type = 99;
    check(run(3) == 0 && n == 2 && out[0].error == CLOUDABI_ENOTSUP &&
              out[1].proc_terminate.exitcode == 9,
          "a bad entry does not hide the good ones");
    fd_at(1, CLOUDABI_EVENTTYPE_PROC_TERMINATE, 700);
    in[0] = in[1];
    check(run(1) == 0 && n == 1 && out[0].error == CLOUDABI_EBADF, "PROC_TERMINATE: BADF");
    fd_at(0, CLOUDABI_EVENTTYPE_FD_READ, child);
    check(run(1) == 0 && n == 1 && out[0].error == CLOUDABI_ENOTCAPABLE,
          "FD_READ of a process: NOTCAPABLE");
    bool clear = true;
    fd_at(0, CLOUDABI_EVENTTYPE_PROC_TERMINATE, child);
    run(1);
    for (int i = 0; i < 4; ++i)
        clear = clear && ((char *)&out[0])[16 + i] == 0;
    for (size_t i = 28; i < sizeof(out[0]); ++i)
        clear = clear && ((char *)&out[0])[i] == 0;
    check(clear, "unused bytes of an event are 0");
    cloudabi_sys_fd_close(child);

    cloudabi_sys_fd_close(b);
    fd_at(0, CLOUDABI_EVENTTYPE_FD_WRITE, a);
    check(run(1) == 0 && n == 1 && out[0].fd_readwrite.flags == CLOUDABI_EVENT_FD_READWRITE_HANGUP,
          "FD_WRITE: HANGUP when the peer has closed");
    cloudabi_sys_fd_close(a);

    // Locks stand alone, with one clock behind them at most.
    static _Atomic(cloudabi_lock_t) lock;
    static _Atomic(cloudabi_condvar_t) condvar;
    in[0] = (cloudabi_subscription_t){.type = CLOUDABI_EVENTTYPE_LOCK_RDLOCK, .userdata = 100};
    in[0].lock.lock = &lock;
    in[0].lock.lock_scope = PRIVATE;
    clock_at(1, 0, 0);
    clock_at(2, 0, 0);
    check(run(3) == 0 && out[0].userdata == 100 && out[0].error == CLOUDABI_EINVAL && lock == 0,
          "a lock with two clocks: INVAL in its event");
    in[1] = in[0];
    check(run(2) == 0 && n == 2 && out[0].error == CLOUDABI_EINVAL && lock == 0,
          "two locks: INVAL in both events");
    in[0].type = CLOUDABI_EVENTTYPE_CONDVAR;
    in[0].condvar.condvar = &condvar;
    in[0].condvar.lock = &lock;
    fd_at(1, CLOUDABI_EVENTTYPE_FD_READ, DIR);
    check(run(2) == 0 && out[0].error == CLOUDABI_EINVAL && condvar == 0,
          "a condition variable with a descriptor: INVAL in its event");
}

// What a child does to its memory; how it ends is looked at.
static cloudabi_event_t in_child(void (*work)(char *), char *mem) {
    cloudabi_fd_t child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        work(mem);
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_event_t event = wait_process(child);
    cloudabi_sys_fd_close(child);
    return event;
}

static void do_read(char *mem) {
    (void)*(volatile char *)mem;
}
static void do_write(char *mem) {
    *(volatile char *)mem = 1;
}
static void do_run(char *mem) {
    ((void (*)(void))(uintptr_t)mem)();
}

static void memory(void) {
    char *mem = NULL;
    void *none = (void *)SENTINEL;
    check_equal(
        cloudabi_sys_mem_map(NULL, 2 * PAGE, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, (void **)&mem), 0,
        "two pages");
    mem[0] = (char)0xc3; // RET
    static void (*const works[])(char *) = {do_read, do_write, do_run};
    static const uint8_t prots[] = {0, CLOUDABI_PROT_READ, RW,
                                    CLOUDABI_PROT_READ | CLOUDABI_PROT_EXEC};
    static const uint8_t allowed[] = {0, 1, 3, 5}; // bits: read, write, run
    for (int i = 0; i < 4; ++i) {
        check_equal(cloudabi_sys_mem_protect(mem, PAGE, prots[i]), 0, "mem_protect");
        for (int j = 0; j < 3; ++j) {
            bool dies = in_child(works[j], mem).proc_terminate.signal == CLOUDABI_SIGSEGV;
            check(dies == ((allowed[i] >> j & 1) == 0),
                  "a page can be used as it says, no other way");
        }
    }
    cloudabi_sys_mem_protect(mem, PAGE, RW);
    for (uint8_t advice = 1; advice <= 6; ++advice)
        check_equal(cloudabi_sys_mem_advise(mem, PAGE, advice),
                    advice == CLOUDABI_ADVICE_NOREUSE ? CLOUDABI_EINVAL : 0,
                    "mem_advise: 1 to 6 but NOREUSE");
    check_equal(cloudabi_sys_mem_advise(mem, PAGE, 7), CLOUDABI_EINVAL, "mem_advise: 7 INVAL");
    check_equal(cloudabi_sys_mem_sync(mem, PAGE, CLOUDABI_MS_ASYNC), 0, "mem_sync ASYNC");
    check_equal(cloudabi_sys_mem_sync(mem, PAGE, CLOUDABI_MS_SYNC | CLOUDABI_MS_INVALIDATE), 0,
                "mem_sync SYNC with INVALIDATE");
    check_equal(cloudabi_sys_mem_sync(mem, PAGE, CLOUDABI_MS_INVALIDATE), CLOUDABI_EINVAL,
                "mem_sync INVALIDATE alone: INVAL");
    check_equal(cloudabi_sys_mem_sync(mem, PAGE, 8 | CLOUDABI_MS_SYNC), CLOUDABI_EINVAL,
                "mem_sync: unknown bits INVAL");
    check_equal(cloudabi_sys_mem_sync(mem + 1, PAGE, CLOUDABI_MS_SYNC), CLOUDABI_EINVAL,
                "mem_sync: an address inside a page INVAL");
    check_equal(cloudabi_sys_mem_protect(mem + 1, PAGE, RW), CLOUDABI_EINVAL,
                "mem_protect: an address inside a page INVAL");
    check_equal(cloudabi_sys_mem_unmap(mem + 1, PAGE), CLOUDABI_EINVAL,
                "mem_unmap: an address inside a page INVAL");
    check_equal(cloudabi_sys_mem_unmap(mem, 0), CLOUDABI_EINVAL, "mem_unmap: no bytes INVAL");
    check_equal(cloudabi_sys_mem_map(NULL, 0, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, &none),
                CLOUDABI_EINVAL, "mem_map: no bytes INVAL");
    check_equal(cloudabi_sys_mem_map(mem + 1, PAGE, RW, ANON | CLOUDABI_MAP_FIXED,
                                     CLOUDABI_MAP_ANON_FD, 0, &none),
                CLOUDABI_EINVAL, "mem_map: FIXED inside a page INVAL");
    check_equal(
        cloudabi_sys_mem_map(NULL, UINT64_C(1) << 60, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, &none),
        CLOUDABI_ENOMEM, "mem_map: too much is NOMEM");
    check(none == (void *)SENTINEL, "a failing mem_map writes no result");
    void *hinted = NULL;
    check_equal(cloudabi_sys_mem_map(mem, PAGE, RW, ANON, CLOUDABI_MAP_ANON_FD, 0, &hinted), 0,
                "mem_map: an address without FIXED");
    check(hinted != mem && mem[0] == (char)0xc3, "is a hint, and replaces nothing");
    cloudabi_sys_mem_unmap(hinted, PAGE);
    // Anonymous memory that a fork shares, or not.
    char *both = NULL;
    cloudabi_sys_mem_map(NULL, PAGE, RW, CLOUDABI_MAP_ANON | CLOUDABI_MAP_SHARED,
                         CLOUDABI_MAP_ANON_FD, 0, (void **)&both);
    mem[0] = 0;
    in_child(do_write, both);
    in_child(do_write, mem);
    check(both[0] == 1 && mem[0] == 0, "SHARED is shared with a child, PRIVATE is not");
    cloudabi_sys_mem_unmap(mem, 2 * PAGE);
    check_equal(in_child(do_read, mem).proc_terminate.signal, CLOUDABI_SIGSEGV,
                "mem_unmap: nothing is left there");
}

static _Atomic(cloudabi_lock_t) joined;
static _Atomic(cloudabi_tid_t) seen_tid;
static _Atomic(uint32_t) ran;

static void thread(cloudabi_tid_t tid, void *argument) {
    seen_tid = tid;
    ran = *(uint32_t *)argument;
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&joined, &bogus, CLOUDABI_LOCK_WRLOCKED | tid);
    cloudabi_sys_thread_exit(&joined, PRIVATE);
}

// Other threads do not stop a process from exiting, and do not come along into a child.
static void forever(cloudabi_tid_t tid, void *argument) {
    (void)tid;
    for (;;) {
        ++*(_Atomic(uint32_t) *)argument;
        sleep_ms(1);
    }
}

static void threads(void) {
    static char stacks[2][16384] __attribute__((aligned(16)));
    uint32_t value = 77;
    joined = CLOUDABI_LOCK_BOGUS;
    cloudabi_threadattr_t attr = {thread, stacks[0], sizeof(stacks[0]), &value};
    cloudabi_tid_t tid = 0;
    check_equal(cloudabi_sys_thread_create(&attr, &tid), 0, "thread_create");
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&joined, &bogus, CLOUDABI_LOCK_WRLOCKED | tid);
    cloudabi_subscription_t join = {.type = CLOUDABI_EVENTTYPE_LOCK_RDLOCK};
    join.lock.lock = &joined;
    join.lock.lock_scope = PRIVATE;
    cloudabi_event_t event;
    cloudabi_sys_poll(&join, &event, 1, &n);
    check(ran == 77 && seen_tid == tid, "it gets its argument and its number");
    check(tid > 1 && tid < UINT32_C(1) << 30, "which is neither 0 nor 1, and below 2^30");
    check_equal(cloudabi_sys_thread_yield(), 0, "thread_yield");
    attr.stack = (void *)UINT64_MAX;
    check_equal(cloudabi_sys_thread_create(&attr, &tid), CLOUDABI_EINVAL,
                "thread_create: a stack that wraps INVAL");

    _Atomic(uint32_t) *counter = NULL;
    cloudabi_sys_mem_map(NULL, PAGE, RW, CLOUDABI_MAP_ANON | CLOUDABI_MAP_SHARED,
                         CLOUDABI_MAP_ANON_FD, 0, (void **)&counter);
    cloudabi_fd_t child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_threadattr_t other = {forever, stacks[1], sizeof(stacks[1]), (void *)counter};
        cloudabi_sys_thread_create(&other, &tid);
        while (*counter == 0)
            sleep_ms(1);
        cloudabi_fd_t grandchild = fork_child();
        if (grandchild == CLOUDABI_PROCESS_CHILD) {
            // The counter is shared: it stands once the only thread that counts is gone.
            sleep_ms(100);
            uint32_t before = *counter;
            sleep_ms(30);
            cloudabi_sys_proc_exit(*counter == before ? 0 : 1);
        }
        // Ends with the counting thread alive; the grandchild would be killed with this process.
        cloudabi_fd_t end, other_end;
        end = pair(CLOUDABI_FILETYPE_SOCKET_STREAM, &other_end);
        cloudabi_ciovec_t byte = {"x", 1};
        cloudabi_send_in_t message = {
            .si_data = &byte, .si_data_len = 1, .si_fds = &grandchild, .si_fds_len = 1};
        cloudabi_send_out_t sent;
        cloudabi_sys_sock_send(end, &message, &sent);
        cloudabi_sys_proc_exit(33);
    }
    event = wait_process(child);
    check(event.error == 0 && event.proc_terminate.exitcode == 33,
          "proc_exit ends the process with other threads running");
    uint32_t before = *counter;
    sleep_ms(30);
    check(before > 0 && *counter == before, "and ends those: a child has only the calling thread");
    cloudabi_sys_fd_close(child);
}

static void processes(void) {
    // What a child does to its descriptors is its own affair.
    cloudabi_fd_t fd = copy_with(DIR, CLOUDABI_RIGHT_FILE_OPEN, 0);
    cloudabi_fd_t child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        shrink(fd, 0, 0);
        cloudabi_sys_fd_replace(OUTPUT, DIR);
        cloudabi_sys_fd_close(fd);
        cloudabi_sys_proc_exit(0);
    }
    wait_process(child);
    check(fdstat(fd).fs_rights_base == CLOUDABI_RIGHT_FILE_OPEN &&
              fdstat(DIR).fs_filetype == CLOUDABI_FILETYPE_DIRECTORY,
          "proc_fork: the tables are apart");
    cloudabi_filestat_t st;
    check_equal(cloudabi_sys_file_stat_fget(child, &st), 0, "file_stat_fget of a process");
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_PROCESS, "is a PROCESS");
    cloudabi_sys_fd_close(child);
    // A child and its parent share what an open file has.
    cloudabi_fd_t file;
    cloudabi_filesize_t at = 0;
    open_at(LOOKUP(DIR), "shared", CLOUDABI_O_CREAT, WRITING, 0, &file);
    child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        write_text(file, "12345");
        cloudabi_sys_proc_exit(0);
    }
    wait_process(child);
    cloudabi_sys_fd_seek(file, 0, CLOUDABI_WHENCE_CUR, &at);
    check_equal(at, 5, "proc_fork: the offset of a file is shared");
    cloudabi_sys_fd_close(child);

    // A failing exec leaves everything: descriptors, threads, locks.
    cloudabi_fd_t too_many[3] = {OUTPUT, 600, DIR};
    cloudabi_fd_t before = 0, after = 0;
    cloudabi_sys_fd_dup(DIR, &before);
    cloudabi_sys_fd_close(before);
    for (int i = 0; i < 20; ++i)
        cloudabi_sys_proc_exec(target, "", 0, too_many, 3);
    check_equal(cloudabi_sys_proc_exec(target, "", 0, too_many, 3), CLOUDABI_EBADF,
                "proc_exec: BADF for an entry in the middle");
    cloudabi_sys_fd_dup(DIR, &after);
    check_equal(after, before, "failing leaks no descriptor");
    cloudabi_sys_fd_close(after);
    check_equal(cloudabi_sys_proc_exec(DIR, "", 0, NULL, 0), CLOUDABI_ENOTCAPABLE,
                "proc_exec: of a directory NOTCAPABLE");
    // Many descriptors, backwards, each thrice.
    static cloudabi_fd_t list[MANY];
    for (int i = 0; i < MANY; ++i)
        list[i] = i % 3 == 0 ? (cloudabi_fd_t)(2 - i / 3 % 3) : OUTPUT;
    child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_proc_exec(target, STRING("many"), list, MANY);
        cloudabi_sys_proc_exit(99);
    }
    check_equal(wait_process(child).proc_terminate.exitcode, 0,
                "proc_exec: 180 entries, descriptors more than once");
    cloudabi_sys_fd_close(child);
    cloudabi_sys_fd_close(file);
    cloudabi_sys_fd_close(fd);
}

// A process descriptor in several places: the child lives as long as one of them.
static void owners(void) {
    cloudabi_fd_t life, end = pair(CLOUDABI_FILETYPE_SOCKET_STREAM, &life);
    cloudabi_fd_t child = fork_child(), copy, kept;
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_fd_close(end);
        sleep_ms(20000);
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_sys_fd_close(life);
    cloudabi_sys_fd_dup(child, &copy);
    cloudabi_sys_fd_dup(DIR, &kept);
    check_equal(cloudabi_sys_fd_replace(child, kept), 0, "fd_replace makes another copy");
    cloudabi_sys_fd_close(child);
    cloudabi_sys_fd_close(copy);
    fd_at(0, CLOUDABI_EVENTTYPE_PROC_TERMINATE, kept);
    clock_at(1, 20000000, 0);
    check(run(2) == 0 && n == 1 && out[0].userdata == 101, "which keeps the child alive");
    shrink(kept, 0, 0);
    check_equal(cloudabi_sys_fd_replace(DIR, kept), 0, "and is the last one");
    check(read_bytes(end, buf, 1, &n) == 0 && n == 0, "replacing it kills the child");
    cloudabi_sys_fd_close(kept);
    cloudabi_sys_fd_close(end);
    // Killed, it is reported so to nobody; while a copy is open, by KILL.
    child = fork_child();
    if (child == CLOUDABI_PROCESS_CHILD) {
        cloudabi_sys_proc_raise(CLOUDABI_SIGKILL);
        cloudabi_sys_proc_exit(0);
    }
    cloudabi_event_t event = wait_process(child);
    check(event.proc_terminate.signal == CLOUDABI_SIGKILL && event.proc_terminate.exitcode == 0,
          "a child that KILL ended");
    cloudabi_sys_fd_close(child);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    check_equal(open_at(LOOKUP(PROGRAMS), "loader_program_exec_target", 0,
                        CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_FD_READ, 0, &target),
                0, "the exec target can be opened");
    sockets();
    polling();
    memory();
    threads();
    processes();
    owners();
}
