// SPDX-License-Identifier: BSD-2-Clause
// Threads that fork, pass descriptors, map memory and end while others do the same: nothing may
// hang, and a thread's stack may be taken away as soon as it can be joined.
#include <stdatomic.h>

#include "helpers.h"

#define PRIVATE CLOUDABI_SCOPE_PRIVATE
#define NTHREADS 3
#define STACK 65536

static _Atomic(bool) stop;
static _Atomic(uint64_t) rounds, faults;
static _Atomic(cloudabi_lock_t) joined[NTHREADS];

static void join(_Atomic(cloudabi_lock_t) *lock) {
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_LOCK_RDLOCK};
    in.lock.lock = lock;
    in.lock.lock_scope = PRIVATE;
    cloudabi_event_t out;
    size_t n;
    cloudabi_sys_poll(&in, &out, 1, &n);
}

static bool start(cloudabi_threadentry_t *entry, void *stack, _Atomic(cloudabi_lock_t) *lock) {
    *lock = CLOUDABI_LOCK_BOGUS;
    cloudabi_threadattr_t attr = {entry, stack, STACK, (void *)lock};
    cloudabi_tid_t tid;
    if (cloudabi_sys_thread_create(&attr, &tid) != 0)
        return false;
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(lock, &bogus, CLOUDABI_LOCK_WRLOCKED | tid);
    return true;
}

static _Noreturn void leave(cloudabi_tid_t tid, _Atomic(cloudabi_lock_t) *lock) {
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(lock, &bogus, CLOUDABI_LOCK_WRLOCKED | tid);
    cloudabi_sys_thread_exit(lock, PRIVATE);
}

static bool one_round(void) {
    static _Atomic(cloudabi_condvar_t) condvar;
    cloudabi_fd_t a = UINT32_MAX, b = UINT32_MAX, copy = UINT32_MAX;
    void *mem;
    size_t n;
    char listing[200];
    bool ok = cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b) == 0 &&
              cloudabi_sys_fd_dup(a, &copy) == 0 && write_text(copy, "x") == 0 &&
              cloudabi_sys_fd_replace(b, copy) == 0 &&
              cloudabi_sys_mem_map(NULL, 4096, CLOUDABI_PROT_READ,
                                   CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE, CLOUDABI_MAP_ANON_FD,
                                   0, &mem) == 0 &&
              cloudabi_sys_mem_unmap(mem, 4096) == 0 &&
              cloudabi_sys_file_readdir(DIR, listing, sizeof(listing), 0, &n) == 0 &&
              cloudabi_sys_condvar_signal(&condvar, PRIVATE, 1) == 0 &&
              read_bytes(copy, listing, 1, &n) == 0 && n == 1;
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
    cloudabi_sys_fd_close(copy);
    return ok;
}

static void busy(cloudabi_tid_t tid, void *argument) {
    while (!stop) {
        if (!one_round())
            ++faults;
        ++rounds;
    }
    leave(tid, argument);
}

static void brief(cloudabi_tid_t tid, void *argument) {
    leave(tid, argument);
}

static void *new_stack(void) {
    void *mem = NULL;
    cloudabi_sys_mem_map(NULL, STACK, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                         CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE, CLOUDABI_MAP_ANON_FD, 0, &mem);
    return mem;
}

static void forks(void) {
    bool ok = true;
    for (int i = 0; i < 100; ++i) {
        cloudabi_fd_t child;
        cloudabi_tid_t tid;
        if (cloudabi_sys_proc_fork(&child, &tid) != 0) {
            ok = false;
            break;
        }
        if (child == CLOUDABI_PROCESS_CHILD) {
            // The child can do all that its parent could, threads included.
            static _Atomic(cloudabi_lock_t) lock;
            bool fine = one_round() && start(brief, new_stack(), &lock);
            if (fine)
                join(&lock);
            cloudabi_sys_proc_exit(fine ? 7 : 8);
        }
        cloudabi_event_t event = wait_process(child);
        ok = ok && event.error == 0 && event.proc_terminate.exitcode == 7;
        cloudabi_sys_fd_close(child);
    }
    check(ok, "100 forks while three threads work");
}

static void churn(void) {
    bool ok = true;
    for (int i = 0; i < 2000 && ok; ++i) {
        static _Atomic(cloudabi_lock_t) lock;
        void *stack = new_stack();
        ok = start(brief, stack, &lock);
        if (ok)
            join(&lock);
        cloudabi_sys_mem_unmap(stack, STACK);
    }
    check(ok, "2000 threads whose stacks vanish once they are joined");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    for (int i = 0; i < NTHREADS; ++i)
        check(start(busy, new_stack(), &joined[i]), "a busy thread");
    forks();
    churn();
    stop = true;
    for (int i = 0; i < NTHREADS; ++i)
        join(&joined[i]);
    check(rounds > 100, "the threads got on meanwhile");
    check_equal(faults, 0, "and no call of theirs failed");
    // exec from a process with other threads.
    cloudabi_fd_t target, child;
    cloudabi_tid_t tid;
    open_at(LOOKUP(PROGRAMS), "loader_program_exec_target", 0,
            CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_FD_READ, 0, &target);
    cloudabi_errno_t error = cloudabi_sys_proc_fork(&child, &tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        stop = false;
        for (int i = 0; i < NTHREADS; ++i)
            start(busy, new_stack(), &joined[i]);
        sleep_ms(5);
        cloudabi_sys_proc_exec(target, STRING("last"), (cloudabi_fd_t[]){OUTPUT}, 1);
        cloudabi_sys_proc_exit(99);
    }
    cloudabi_event_t event = wait_process(child);
    check(error == 0 && event.proc_terminate.signal == 0 && event.proc_terminate.exitcode == 0,
          "exec ends the other threads");
}
