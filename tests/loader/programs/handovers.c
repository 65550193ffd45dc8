// SPDX-License-Identifier: BSD-2-Clause
// Locks that change hands a million times, between threads and between processes, and condition
// variables that are signalled as often as time allows. A lost wake-up hangs, a lost lock
// miscounts, an unfair one shows in the counts. On a busy machine the time ends it first.
#include <stdatomic.h>

#include "helpers.h"

#define MANAGED CLOUDABI_LOCK_KERNEL_MANAGED
#define WRLOCKED CLOUDABI_LOCK_WRLOCKED
#define PRIVATE CLOUDABI_SCOPE_PRIVATE
#define SHARED CLOUDABI_SCOPE_SHARED
#define HAND_OVERS 1000000
#define SECONDS 18 // for each part
#define ROOM 4     // for items
#define WRITER (UINT32_C(1) << 16)
#define NTHREADS 2 // in each process, or twice as many in one
#define STACK 65536

struct common {
    _Atomic(cloudabi_lock_t) lock;
    _Atomic(cloudabi_condvar_t) changed, room;
    cloudabi_scope_t scope;
    uint64_t end; // of the time
    _Atomic(uint32_t) ready;

    // Under the lock. At each place, the number of its turns.
    uint64_t handed_over, taken, turns[2 * NTHREADS], in_a_row, longest_row;
    uint32_t holder, at, last;
    uint64_t items, given, got, waited_out;
    bool closed;

    // Of any thread.
    _Atomic(uint32_t) inside; // readers, and WRITER for each writer
    _Atomic(uint64_t) had, missed, slowest, faults;
};

struct job {
    struct common *common;
    uint32_t place;
    void (*work)(struct job *job, cloudabi_tid_t tid);
    _Atomic(cloudabi_lock_t) joined;
};

static uint64_t now(void) {
    cloudabi_timestamp_t time = 0;
    cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_MONOTONIC, 0, &time);
    return time;
}

static void *map(cloudabi_fd_t fd, size_t len) {
    bool anonymous = fd == CLOUDABI_MAP_ANON_FD;
    void *mem = NULL;
    cloudabi_sys_mem_map(NULL, len, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                         anonymous ? CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE : CLOUDABI_MAP_SHARED,
                         fd, 0, &mem);
    return mem;
}

// Memory that processes share.
static cloudabi_fd_t make_memory(size_t len) {
    cloudabi_fd_t fd = UINT32_MAX;
    cloudabi_filestat_t size = {.st_size = len};
    check(cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &fd) == 0 &&
              cloudabi_sys_file_stat_fput(fd, &size, CLOUDABI_FILESTAT_SIZE) == 0,
          "shared memory");
    return fd;
}

// Whether it had to sleep for it.
static bool lock(struct common *common, cloudabi_tid_t tid) {
    cloudabi_lock_t word = 0;
    if (atomic_compare_exchange_strong(&common->lock, &word, WRLOCKED | tid))
        return false;
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_LOCK_WRLOCK};
    in.lock.lock = &common->lock;
    in.lock.lock_scope = common->scope;
    cloudabi_event_t out = {.error = CLOUDABI_ENOSYS};
    size_t n;
    cloudabi_sys_poll(&in, &out, 1, &n);
    if (out.error != 0)
        check_equal(out.error, 0, "the lock is had");
    return true;
}

static void unlock(struct common *common, cloudabi_tid_t tid) {
    cloudabi_lock_t word = WRLOCKED | tid;
    if (!atomic_compare_exchange_strong(&common->lock, &word, 0) &&
        cloudabi_sys_lock_unlock(&common->lock, common->scope) != 0)
        check(false, "the lock is released");
}

// True if it was signalled, false on a time-out. 0 ns: for ever.
static bool wait(struct common *common, _Atomic(cloudabi_condvar_t) *condvar, uint64_t timeout) {
    cloudabi_subscription_t in[2] = {{.type = CLOUDABI_EVENTTYPE_CONDVAR},
                                     {.type = CLOUDABI_EVENTTYPE_CLOCK}};
    in[0].condvar.condvar = condvar;
    in[0].condvar.lock = &common->lock;
    in[0].condvar.condvar_scope = in[0].condvar.lock_scope = common->scope;
    in[1].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    in[1].clock.timeout = timeout;
    cloudabi_event_t out[2] = {{.error = CLOUDABI_ENOSYS}};
    size_t n;
    cloudabi_sys_poll(in, out, timeout == 0 ? 1 : 2, &n);
    if (out[0].error != 0)
        check_equal(out[0].error, 0, "waiting works");
    return out[0].type == CLOUDABI_EVENTTYPE_CONDVAR;
}

static void signal(struct common *common, _Atomic(cloudabi_condvar_t) *condvar,
                   cloudabi_nthreads_t count) {
    if (*condvar != 0)
        cloudabi_sys_condvar_signal(condvar, common->scope, count);
}

static void enter(cloudabi_tid_t tid, void *argument) {
    struct job *job = argument;
    ++job->common->ready;
    while (job->common->ready < 2 * NTHREADS)
        cloudabi_sys_thread_yield();
    job->work(job, tid);
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&job->joined, &bogus, WRLOCKED | tid);
    cloudabi_sys_thread_exit(&job->joined, PRIVATE);
}

static void run_here(struct common *common, uint32_t first, uint32_t count,
                     void (*work)(struct job *, cloudabi_tid_t)) {
    static struct job jobs[2 * NTHREADS];
    for (uint32_t i = 0; i < count; ++i) {
        jobs[i] = (struct job){
            .common = common, .place = first + i, .work = work, .joined = CLOUDABI_LOCK_BOGUS};
        cloudabi_threadattr_t attr = {enter, map(CLOUDABI_MAP_ANON_FD, STACK), STACK, &jobs[i]};
        cloudabi_tid_t tid;
        if (cloudabi_sys_thread_create(&attr, &tid) != 0)
            check(false, "a thread");
        cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
        atomic_compare_exchange_strong(&jobs[i].joined, &bogus, WRLOCKED | tid);
    }
    for (uint32_t i = 0; i < count; ++i) {
        cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_LOCK_RDLOCK};
        in.lock.lock = &jobs[i].joined;
        in.lock.lock_scope = PRIVATE;
        cloudabi_event_t out;
        size_t n;
        cloudabi_sys_poll(&in, &out, 1, &n);
    }
}

// The same work by 2 * NTHREADS threads, in one process or in two, the second of which has the
// memory elsewhere.
static void run(struct common *common, cloudabi_fd_t memory, uint64_t seconds,
                void (*work)(struct job *, cloudabi_tid_t)) {
    common->end = now() + seconds * UINT64_C(1000000000);
    common->ready = 0;
    if (memory == CLOUDABI_MAP_ANON_FD) {
        run_here(common, 0, 2 * NTHREADS, work);
        return;
    }
    cloudabi_fd_t child = UINT32_MAX;
    cloudabi_tid_t tid;
    check_equal(cloudabi_sys_proc_fork(&child, &tid), 0, "fork");
    if (child == CLOUDABI_PROCESS_CHILD) {
        struct common *other = map(memory, sizeof(*other));
        run_here(other, NTHREADS, NTHREADS, work);
        cloudabi_sys_proc_exit(other != common ? 0 : 1);
    }
    run_here(common, 0, NTHREADS, work);
    cloudabi_event_t event = wait_process(child);
    check(event.error == 0 && event.proc_terminate.signal == 0 &&
              event.proc_terminate.exitcode == 0,
          "the other process ends well");
    cloudabi_sys_fd_close(child);
}

static void tell(uint64_t number, const char *what, uint64_t began) {
    print("# ");
    print_number(number);
    print(what);
    print_number((now() - began) / 1000000);
    print(" ms\n");
}

static void hand_over(struct job *job, cloudabi_tid_t tid) {
    struct common *common = job->common;
    bool more = true;
    while (more) {
        bool slept = lock(common, tid);
        if (common->holder != 0)
            check(false, "one at a time");
        common->holder = tid;
        common->handed_over += slept;
        ++common->taken;
        ++common->turns[job->place];
        common->in_a_row = common->last == job->place ? common->in_a_row + 1 : 1;
        common->last = job->place;
        // Whoever takes it again at once before anyone sleeps is not unfair.
        if (slept && common->in_a_row > common->longest_row)
            common->longest_row = common->in_a_row;
        more = common->handed_over < HAND_OVERS && (common->taken % 64 != 0 || now() < common->end);
        common->holder = 0;
        unlock(common, tid);
    }
}

static void hand_overs(struct common *common, cloudabi_fd_t memory, const char *what) {
    uint64_t began = now();
    run(common, memory, SECONDS, hand_over);
    tell(common->handed_over, what, began);
    uint64_t sum = 0, least = UINT64_MAX;
    for (int i = 0; i < 2 * NTHREADS; ++i) {
        sum += common->turns[i];
        least = common->turns[i] < least ? common->turns[i] : least;
    }
    check_equal(sum, common->taken, "every turn is counted");
    check_equal(common->lock, 0, "the lock is free in the end");
    check(common->handed_over > 10000, "more than a few hand-overs");
    check(least > common->taken / (NTHREADS * 8), "everybody gets a fair part");
}

// Producers and consumers of items; half of the consumers give up again and again.
static void produce(struct job *job, cloudabi_tid_t tid) {
    struct common *common = job->common;
    for (uint64_t round = 1; !common->closed; ++round) {
        if (round % 1024 == 0)
            sleep_ms(1);
        lock(common, tid);
        while (common->items == ROOM && !common->closed)
            wait(common, &common->room, 0);
        if (common->given == HAND_OVERS / 4 || now() > common->end)
            common->closed = true;
        if (!common->closed) {
            ++common->items;
            ++common->given;
        }
        // Now and then more than one may come, and find nothing.
        signal(common, &common->changed, round % 128 == 0 || common->closed ? UINT32_MAX : 1);
        if (common->closed)
            signal(common, &common->room, UINT32_MAX);
        unlock(common, tid);
    }
}

static void consume(struct job *job, cloudabi_tid_t tid) {
    struct common *common = job->common;
    bool more = true;
    for (uint64_t round = 0; more; ++round) {
        lock(common, tid);
        while (common->items == 0 && !common->closed)
            common->waited_out +=
                !wait(common, &common->changed, job->place == 1 ? 0 : 1 + round * 997 % 200000);
        more = common->items > 0;
        if (more) {
            --common->items;
            ++common->got;
        }
        unlock(common, tid);
        // Without the lock: it can be free.
        signal(common, &common->room, 1);
    }
}

static void pass_items(struct job *job, cloudabi_tid_t tid) {
    (job->place % 2 == 0 ? produce : consume)(job, tid);
}

// Each in its turn, all asleep but one.
static void take_turns(struct job *job, cloudabi_tid_t tid) {
    struct common *common = job->common;
    for (bool more = true; more;) {
        lock(common, tid);
        while (common->at % (2 * NTHREADS) != job->place)
            wait(common, &common->changed, 0);
        ++common->at;
        if (common->at > HAND_OVERS / 20 || now() > common->end)
            common->closed = true;
        more = !common->closed;
        signal(common, &common->changed, UINT32_MAX);
        unlock(common, tid);
    }
}

// Takes the lock in one of both ways; false if the time ran out.
static bool take(struct common *common, cloudabi_tid_t tid, bool write, bool limited,
                 uint64_t span) {
    cloudabi_lock_t word = write ? 0 : common->lock & ~(MANAGED | WRLOCKED);
    if (atomic_compare_exchange_strong(&common->lock, &word, write ? WRLOCKED | tid : word + 1))
        return true;
    cloudabi_subscription_t in[2] = {
        {.type = write ? CLOUDABI_EVENTTYPE_LOCK_WRLOCK : CLOUDABI_EVENTTYPE_LOCK_RDLOCK},
        {.type = CLOUDABI_EVENTTYPE_CLOCK}};
    in[0].lock.lock = &common->lock;
    in[0].lock.lock_scope = common->scope;
    in[1].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    in[1].clock.timeout = span;
    cloudabi_event_t out[2] = {{.error = CLOUDABI_ENOSYS}};
    size_t n;
    cloudabi_sys_poll(in, out, limited ? 2 : 1, &n);
    common->faults += out[0].error != 0;
    return out[0].error == 0 && out[0].type != CLOUDABI_EVENTTYPE_CLOCK;
}

static void let_go_of_reading(struct common *common, cloudabi_tid_t tid) {
    cloudabi_lock_t word = common->lock, next;
    do
        next = word == (MANAGED | 1) ? MANAGED | WRLOCKED | tid : word - 1;
    while (!atomic_compare_exchange_strong(&common->lock, &word, next));
    if ((next & WRLOCKED) != 0)
        common->faults += cloudabi_sys_lock_unlock(&common->lock, common->scope) != 0;
}

// Readers and writers, most of whom give up soon: the races between time-outs and hand-overs.
static void read_and_write(struct job *job, cloudabi_tid_t tid) {
    struct common *common = job->common;
    uint64_t random = tid * UINT64_C(0x9e3779b97f4a7c15), began;
    while ((began = now()) < common->end && common->had < HAND_OVERS) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        bool write = random >> 60 < 5, limited = (random >> 56 & 15) != 0;
        bool got = take(common, tid, write, limited, (random >> 40) % 60000);
        uint64_t waited = now() - began, slowest = common->slowest;
        if (!limited && waited > slowest)
            atomic_compare_exchange_strong(&common->slowest, &slowest, waited);
        if (!got) {
            ++common->missed;
            continue;
        }
        ++common->had;
        uint32_t before = atomic_fetch_add(&common->inside, write ? WRITER : 1);
        if ((random >> 36 & 3) == 0)
            cloudabi_sys_thread_yield();
        common->faults += write ? before != 0 : before >= WRITER;
        common->inside -= write ? WRITER : 1;
        if (write)
            unlock(common, tid);
        else
            let_go_of_reading(common, tid);
    }
}

static void both_ways(struct common *common, cloudabi_fd_t memory, const char *what) {
    uint64_t began = now();
    run(common, memory, SECONDS / 3, read_and_write);
    tell(common->had, what, began);
    print("# ");
    print_number(common->missed);
    print(" time-outs; the slowest wait took ");
    print_number(common->slowest / 1000000);
    print(" ms\n");
    check_equal(common->faults, 0, "readers together, writers alone, no call fails");
    check_equal(common->lock, 0, "the lock is free in the end");
    check(common->missed > 100 && common->had > 10000, "many had it, some gave up");
    check(common->slowest < UINT64_C(5000000000), "nobody was forgotten");
}

static void conditions(struct common *common, cloudabi_fd_t memory, const char *passed,
                       const char *turns) {
    uint64_t began = now();
    run(common, memory, SECONDS, pass_items);
    tell(common->got, passed, began);
    print("# ");
    print_number(common->waited_out);
    print(" time-outs\n");
    check(common->waited_out > 0, "some gave up meanwhile");
    check_equal(common->items, 0, "nothing is left over");
    check_equal(common->got, common->given, "every item arrives");
    check(common->changed == 0 && common->room == 0, "nobody waits");
    check_equal(common->lock, 0, "the lock is free");
    check(common->got > 1000, "more than a few items");
    common->closed = false;
    began = now();
    run(common, memory, SECONDS, take_turns);
    tell(common->at, turns, began);
    check(common->changed == 0 && common->room == 0, "nobody waits");
    check_equal(common->lock, 0, "the lock is free");
    check(common->at > 1000, "more than a few turns");
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    static struct common here;
    here.scope = PRIVATE;
    hand_overs(&here, CLOUDABI_MAP_ANON_FD, " hand-overs between 4 threads: ");
    conditions(&here, CLOUDABI_MAP_ANON_FD, " items between 4 threads: ", " turns of 4 threads: ");
    both_ways(&here, CLOUDABI_MAP_ANON_FD, " read and write locks of 4 threads: ");
    cloudabi_fd_t memory = make_memory(sizeof(struct common));
    struct common *there = map(memory, sizeof(*there));
    there->scope = SHARED;
    hand_overs(there, memory, " hand-overs between 2 processes: ");
    conditions(there, memory, " items between 2 processes: ", " turns in 2 processes: ");
    both_ways(there, memory, " read and write locks in 2 processes: ");
}
