// SPDX-License-Identifier: BSD-2-Clause
// Threads, locks and condition variables: sections 8 and 10 of the ABI, with the value of the word
// after each step, once for each scope.
#include <stdatomic.h>

#include "helpers.h"

#define MANAGED CLOUDABI_LOCK_KERNEL_MANAGED
#define WRLOCKED CLOUDABI_LOCK_WRLOCKED
#define NTHREADS 4

static _Atomic(cloudabi_lock_t) lock;
static _Atomic(cloudabi_condvar_t) condvar;
static _Atomic(uint32_t) done, order;
static cloudabi_tid_t self;
static cloudabi_scope_t scope;
static bool shared; // that is what scope is
static char stacks[NTHREADS + 1][16384] __attribute__((aligned(16)));

struct job {
    uint8_t type;          // of the subscription
    uint64_t timeout_ms;   // 0: none
    _Atomic(bool) at_wait; // it does nothing more before it waits
    // what came of it
    _Atomic(cloudabi_tid_t) tid;
    cloudabi_event_t event;
    size_t nevents;
    cloudabi_lock_t word; // right after the poll
    uint32_t turn;
    _Atomic(cloudabi_lock_t) joined;
    bool aligned;
};
static struct job jobs[NTHREADS];

static cloudabi_event_t wait_on(uint8_t type, uint64_t timeout_ms, size_t *nevents) {
    cloudabi_subscription_t in[2] = {{.type = type, .userdata = 11},
                                     {.type = CLOUDABI_EVENTTYPE_CLOCK, .userdata = 22}};
    if (type == CLOUDABI_EVENTTYPE_CONDVAR) {
        in[0].condvar.condvar = &condvar;
        in[0].condvar.lock = &lock;
        in[0].condvar.condvar_scope = in[0].condvar.lock_scope = scope;
    } else {
        in[0].lock.lock = &lock;
        in[0].lock.lock_scope = scope;
    }
    in[1].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    in[1].clock.timeout = timeout_ms * 1000000;
    cloudabi_event_t out[2] = {{.error = 999}};
    if (cloudabi_sys_poll(in, out, timeout_ms != 0 ? 2 : 1, nevents) != 0)
        out[0].error = 998;
    return out[0];
}

// Takes the lock (or waits on the condition variable with the lock held), then gives it back.
static void worker(cloudabi_tid_t tid, void *argument) {
    struct job *job = argument;
    job->aligned = ((uintptr_t)__builtin_frame_address(0) & 15) == 0;
    job->tid = tid;
    if (job->type == CLOUDABI_EVENTTYPE_CONDVAR) {
        size_t n;
        wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    }
    job->at_wait = true;
    job->event = wait_on(job->type, job->timeout_ms, &job->nevents);
    job->word = lock;
    job->turn = ++order;
    if (job->event.error == 0 && job->event.type != CLOUDABI_EVENTTYPE_CLOCK) {
        if (job->type == CLOUDABI_EVENTTYPE_LOCK_RDLOCK) {
            // Readers stay until the test lets go of them.
            ++done;
        } else {
            cloudabi_sys_lock_unlock(&lock, scope);
            ++done;
        }
    } else {
        if (job->type == CLOUDABI_EVENTTYPE_CONDVAR)
            cloudabi_sys_lock_unlock(&lock, scope);
        ++done;
    }
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&job->joined, &bogus, WRLOCKED | tid);
    cloudabi_sys_thread_exit(&job->joined, scope);
}

static void begin(int i, uint8_t type, uint64_t timeout_ms) {
    jobs[i] = (struct job){.type = type, .timeout_ms = timeout_ms, .joined = CLOUDABI_LOCK_BOGUS};
    cloudabi_threadattr_t attr = {worker, stacks[i], sizeof(stacks[i]), &jobs[i]};
    cloudabi_tid_t tid;
    check_equal(cloudabi_sys_thread_create(&attr, &tid), 0, "thread_create");
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&jobs[i].joined, &bogus, WRLOCKED | tid);
    while (!jobs[i].at_wait)
        sleep_ms(1);
    if (type == CLOUDABI_EVENTTYPE_CONDVAR) {
        // It holds the lock up to the moment that it sleeps.
        size_t n;
        wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
        cloudabi_sys_lock_unlock(&lock, scope);
    } else {
        sleep_ms(50); // nothing tells when it sleeps: by now
    }
    check_equal(jobs[i].tid, tid, "the thread is told the tid that its creator sees");
    check(jobs[i].aligned, "its stack is aligned");
}

// The join pattern: a read lock on what thread_exit releases.
static void join(int i) {
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_LOCK_RDLOCK};
    in.lock.lock = &jobs[i].joined;
    in.lock.lock_scope = scope;
    cloudabi_event_t out = {.error = 999};
    size_t n;
    cloudabi_sys_poll(&in, &out, 1, &n);
    check_equal(out.error, 0, "join: the read lock is had when the thread exits");
    check_equal(jobs[i].joined, 1, "join: the word counts one reader");
    memset(stacks[i], 0xff, sizeof(stacks[i])); // nobody uses it any more
}

static void words(void) {
    size_t n;
    cloudabi_event_t event;
    lock = 0;
    event = wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    check(n == 1 && event.error == 0 && event.userdata == 11, "wrlock of a free lock");
    check_equal(lock, WRLOCKED | self, "word: WRLOCKED and the owner");
    event = wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    check_equal(event.error, CLOUDABI_EDEADLK, "wrlock by the owner is DEADLK");
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), 0, "unlock without sleepers");
    check_equal(lock, 0, "word: 0");
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), CLOUDABI_EPERM,
                "unlock of a free lock is PERM");
    lock = WRLOCKED | (self + 1);
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), CLOUDABI_EPERM,
                "unlock of somebody else's lock is PERM");
    lock = 0;
    wait_on(CLOUDABI_EVENTTYPE_LOCK_RDLOCK, 0, &n);
    wait_on(CLOUDABI_EVENTTYPE_LOCK_RDLOCK, 0, &n);
    check_equal(lock, 2, "word: two readers");
    event = wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 20, &n);
    check(n == 1 && event.type == CLOUDABI_EVENTTYPE_CLOCK && event.userdata == 22 &&
              event.error == 0,
          "a time-out gives the clock's event alone");
    check_equal(lock, 2, "word: KERNEL_MANAGED is cleared with the last sleeper");
    lock = MANAGED | 1;
    // Who sleeps on a shared word is known only in the moment of waking: there it is a wait.
    event = wait_on(CLOUDABI_EVENTTYPE_LOCK_RDLOCK, 20, &n);
    if (shared)
        check_equal(event.type, CLOUDABI_EVENTTYPE_CLOCK, "a managed word is waited for");
    else
        check_equal(event.error, CLOUDABI_EINVAL, "a managed word nobody sleeps on: INVAL");
    lock = CLOUDABI_LOCK_BOGUS;
    event = wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    check_equal(event.error, CLOUDABI_EINVAL, "wrlock of a BOGUS word: INVAL");
    check_equal(cloudabi_sys_lock_unlock(&lock, 0), CLOUDABI_EINVAL, "scope 0 is INVAL");
    check_equal(cloudabi_sys_lock_unlock(&lock, 12), CLOUDABI_EINVAL, "both scopes are INVAL");
    lock = MANAGED | WRLOCKED | self;
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), 0, "unlock of a word that looks managed");
    check_equal(lock, 0, "word: 0 without sleepers");
    lock = 1;
    event = wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 1, &n);
    check_equal(event.type, CLOUDABI_EVENTTYPE_CLOCK, "wrlock of a lock that is read: waits");
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), CLOUDABI_EPERM,
                "lock_unlock by a reader is PERM");
}

static void handing_over(void) {
    size_t n;
    lock = 0;
    order = done = 0;
    wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    begin(0, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, 0);
    check_equal(lock, MANAGED | WRLOCKED | self, "word: a reader sleeps, KERNEL_MANAGED");
    begin(1, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0);
    begin(2, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0);
    begin(3, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, 0);
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), 0, "unlock with sleepers");
    for (int i = 0; i < 4; ++i)
        join(i);
    check(jobs[1].turn == 1 && jobs[2].turn == 2, "writers first, in the order they came");
    check_equal(jobs[1].word, MANAGED | WRLOCKED | jobs[1].tid,
                "word: the first writer, KERNEL_MANAGED as others sleep");
    check_equal(jobs[2].word, MANAGED | WRLOCKED | jobs[2].tid,
                "word: the second writer, KERNEL_MANAGED as readers sleep");
    check(jobs[0].word == 2 && jobs[3].word == 2, "word: both readers at once, not managed");

    // The last reader with a writer asleep, as user space does it.
    lock = 1;
    begin(0, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0);
    check_equal(lock, MANAGED | 1, "word: one reader, a writer sleeps");
    begin(1, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, 200);
    check_equal(lock, MANAGED | 1, "a reader waits behind a sleeping writer");
    join(1);
    check_equal(jobs[1].event.type, CLOUDABI_EVENTTYPE_CLOCK, "until its time-out");
    check_equal(lock, MANAGED | 1, "word: the writer still sleeps");
    lock = MANAGED | WRLOCKED | self;
    check_equal(cloudabi_sys_lock_unlock(&lock, scope), 0, "last read unlock");
    join(0);
    check_equal(jobs[0].word, WRLOCKED | jobs[0].tid, "word: the writer alone");
    check_equal(lock, 0, "word: 0 in the end");
}

// While others wait on the condition variable with another lock.
static void other_lock(void) {
    static _Atomic(cloudabi_lock_t) other;
    cloudabi_event_t event;
    size_t n;
    other = WRLOCKED | self;
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_CONDVAR};
    in.condvar.condvar = &condvar;
    in.condvar.lock = &other;
    in.condvar.condvar_scope = in.condvar.lock_scope = scope;
    cloudabi_sys_poll(&in, &event, 1, &n);
    check_equal(event.error, CLOUDABI_EINVAL, "another lock for the same condvar is INVAL");
    check_equal(other, WRLOCKED | self, "which stays locked");
}

static void condition(void) {
    size_t n;
    cloudabi_event_t event;
    lock = 0;
    event = wait_on(CLOUDABI_EVENTTYPE_CONDVAR, 0, &n);
    check_equal(event.error, CLOUDABI_EPERM, "waiting without the lock is PERM");
    check_equal(cloudabi_sys_condvar_signal(&condvar, scope, 1), 0, "signal without waiters: 0");
    lock = WRLOCKED | self;
    event = wait_on(CLOUDABI_EVENTTYPE_CONDVAR, 20, &n);
    check(n == 1 && event.type == CLOUDABI_EVENTTYPE_CLOCK && event.error == 0,
          "a time-out gives the clock's event");
    check_equal(lock, WRLOCKED | self, "with the lock held again");
    check_equal(condvar, 0, "condvar word: 0 when nobody waits");
    cloudabi_sys_lock_unlock(&lock, scope);

    order = 0;
    for (int i = 0; i < 3; ++i)
        begin(i, CLOUDABI_EVENTTYPE_CONDVAR, 0);
    check(condvar != 0, "condvar word: not 0 while threads wait");
    check_equal(lock, 0, "waiting releases the lock");
    other_lock();
    check_equal(cloudabi_sys_condvar_signal(&condvar, scope, 0), 0, "signal of 0: no-op");
    sleep_ms(20);
    check_equal(order, 0, "wakes nobody");
    wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    check_equal(cloudabi_sys_condvar_signal(&condvar, scope, 1), 0, "signal with the lock busy");
    if (shared) { // it moves itself
        for (int i = 0; i < 10000 && !(lock & MANAGED); ++i)
            sleep_ms(1);
        sleep_ms(50); // nothing tells when it sleeps: by now
    }
    check_equal(lock, MANAGED | WRLOCKED | self, "moves the waiter to the lock's queue");
    check(condvar != 0, "condvar word: others still wait");
    check_equal(cloudabi_sys_condvar_signal(&condvar, scope, UINT32_MAX), 0, "broadcast");
    check_equal(condvar, 0, "condvar word: 0, all are on the lock's queue");
    check_equal(order, 0, "none runs yet");
    cloudabi_sys_lock_unlock(&lock, scope);
    for (int i = 0; i < 3; ++i)
        join(i);
    // Those that a broadcast wakes in shared memory line up in the order in which they run.
    struct job *last = shared && jobs[2].turn == 2 ? &jobs[1] : &jobs[2];
    check(jobs[0].turn == 1 && last->turn == 3, "first come, first served");
    check_equal(jobs[0].word & ~MANAGED, WRLOCKED | jobs[0].tid, "each holds the lock on return");
    check_equal(last->word, WRLOCKED | last->tid, "the last without KERNEL_MANAGED");

    begin(0, CLOUDABI_EVENTTYPE_CONDVAR, 400);
    wait_on(CLOUDABI_EVENTTYPE_LOCK_WRLOCK, 0, &n);
    cloudabi_sys_condvar_signal(&condvar, scope, 1);
    sleep_ms(450);
    cloudabi_sys_lock_unlock(&lock, scope);
    join(0);
    check_equal(jobs[0].event.type, CLOUDABI_EVENTTYPE_CONDVAR,
                "moved before its time-out counts as signalled");
    begin(0, CLOUDABI_EVENTTYPE_CONDVAR, 0);
    cloudabi_sys_condvar_signal(&condvar, scope, 1);
    join(0);
    check_equal(jobs[0].word, WRLOCKED | jobs[0].tid, "signal with the lock free: taken at once");
}

static _Atomic(uint32_t) counter_lock;
static uint64_t counter;

// Many rounds through the slow paths: a lost wake-up hangs, a lost lock miscounts.
static void hammer(cloudabi_tid_t tid, void *argument) {
    struct job *job = argument;
    for (int i = 0; i < 5000; ++i) {
        uint32_t expected = 0;
        if (!atomic_compare_exchange_strong(&counter_lock, &expected, WRLOCKED | tid)) {
            cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_LOCK_WRLOCK};
            in.lock.lock = &counter_lock;
            in.lock.lock_scope = scope;
            cloudabi_event_t out;
            size_t n;
            cloudabi_sys_poll(&in, &out, 1, &n);
        }
        ++counter;
        if (i % 16 == 0)
            cloudabi_sys_thread_yield();
        expected = WRLOCKED | tid;
        if (!atomic_compare_exchange_strong(&counter_lock, &expected, 0))
            cloudabi_sys_lock_unlock(&counter_lock, scope);
    }
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&job->joined, &bogus, WRLOCKED | tid);
    cloudabi_sys_thread_exit(&job->joined, scope);
}

static void contention(void) {
    counter = 0;
    for (int i = 0; i < NTHREADS; ++i) {
        jobs[i] = (struct job){.joined = CLOUDABI_LOCK_BOGUS};
        cloudabi_threadattr_t attr = {hammer, stacks[i], sizeof(stacks[i]), &jobs[i]};
        cloudabi_tid_t tid;
        cloudabi_sys_thread_create(&attr, &tid);
        cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
        atomic_compare_exchange_strong(&jobs[i].joined, &bogus, WRLOCKED | tid);
    }
    for (int i = 0; i < NTHREADS; ++i)
        join(i);
    check_equal(counter, NTHREADS * 5000, "four threads count under one lock");
    check_equal(counter_lock, 0, "which is free in the end");
}

// thread_exit of the last thread ends the process with 0, whatever ran before.
static void last_thread(void) {
    cloudabi_fd_t child;
    cloudabi_tid_t tid;
    cloudabi_errno_t error = cloudabi_sys_proc_fork(&child, &tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        static _Atomic(cloudabi_lock_t) mine;
        mine = WRLOCKED | tid;
        cloudabi_sys_thread_exit(&mine, scope);
    }
    check_equal(error, 0, "fork");
    cloudabi_event_t event = wait_process(child);
    check(event.error == 0 && event.proc_terminate.signal == 0 &&
              event.proc_terminate.exitcode == 0,
          "thread_exit of the last thread: the process exits with 0");
    cloudabi_sys_fd_close(child);
}

void test(const cloudabi_auxv_t *auxv) {
    self = (cloudabi_tid_t)auxv_find(auxv, CLOUDABI_AT_TID)->a_val;
    for (int round = 0; round < 2; ++round) {
        shared = round != 0;
        scope = shared ? CLOUDABI_SCOPE_SHARED : CLOUDABI_SCOPE_PRIVATE;
        print(shared ? "# scope SHARED\n" : "# scope PRIVATE\n");
        words();
        handing_over();
        condition();
        contention();
        last_thread();
    }
    cloudabi_threadattr_t bad = {worker, NULL, 0, NULL};
    cloudabi_tid_t tid;
    check_equal(cloudabi_sys_thread_create(&bad, &tid), CLOUDABI_EINVAL, "no stack: INVAL");
}
