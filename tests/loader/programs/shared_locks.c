// SPDX-License-Identifier: BSD-2-Clause
// Locks and condition variables in memory that processes share, at different addresses; peers that
// die; deadlines; and each mixture of scopes.
#include <stdatomic.h>

#include "helpers.h"

#define MANAGED CLOUDABI_LOCK_KERNEL_MANAGED
#define WRLOCKED CLOUDABI_LOCK_WRLOCKED
#define PRIVATE CLOUDABI_SCOPE_PRIVATE
#define SHARED CLOUDABI_SCOPE_SHARED

struct words {
    _Atomic(cloudabi_lock_t) lock, other;
    _Atomic(cloudabi_condvar_t) condvar;
    _Atomic(uint32_t) step, order;
};

static cloudabi_fd_t memory;
static struct words *words;
static cloudabi_tid_t self;

static struct words *map(void) {
    void *mem = NULL;
    cloudabi_sys_mem_map(NULL, sizeof(struct words), CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                         CLOUDABI_MAP_SHARED, memory, 0, &mem);
    return mem;
}

struct until {
    cloudabi_clockid_t clock; // 0: no limit
    uint64_t timeout;
    uint16_t flags;
};
static const struct until for_ever;

static cloudabi_event_t poll_until(cloudabi_subscription_t entry, struct until until) {
    cloudabi_subscription_t in[2] = {entry, {.type = CLOUDABI_EVENTTYPE_CLOCK, .userdata = 22}};
    in[1].clock.clock_id = until.clock;
    in[1].clock.timeout = until.timeout;
    in[1].clock.flags = until.flags;
    cloudabi_event_t out[2] = {{.error = 999}};
    size_t n = 0;
    cloudabi_sys_poll(in, out, until.clock != 0 ? 2 : 1, &n);
    if (n != 1)
        out[0].error = 998;
    return out[0];
}

static cloudabi_event_t take(_Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t scope, uint8_t type,
                             struct until until) {
    cloudabi_subscription_t in = {.type = type};
    in.lock.lock = lock;
    in.lock.lock_scope = scope;
    return poll_until(in, until);
}

static cloudabi_errno_t write_lock(void) {
    return take(&words->lock, SHARED, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever).error;
}

static cloudabi_event_t wait_on(_Atomic(cloudabi_condvar_t) *condvar, cloudabi_scope_t scope,
                                _Atomic(cloudabi_lock_t) *lock, cloudabi_scope_t lock_scope,
                                struct until until) {
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_CONDVAR};
    in.condvar.condvar = condvar;
    in.condvar.lock = lock;
    in.condvar.condvar_scope = scope;
    in.condvar.lock_scope = lock_scope;
    return poll_until(in, until);
}

// A process that runs this with the memory mapped anew, and then a while for it to fall asleep.
static cloudabi_fd_t with_child(void (*work)(void)) {
    cloudabi_fd_t child = UINT32_MAX;
    cloudabi_tid_t tid;
    check_equal(cloudabi_sys_proc_fork(&child, &tid), 0, "fork");
    if (child == CLOUDABI_PROCESS_CHILD) {
        words = map();
        self = tid;
        ++words->step;
        work();
        cloudabi_sys_proc_exit(0);
    }
    while (words->step == 0)
        sleep_ms(1);
    words->step = 0;
    sleep_ms(50);
    return child;
}

static void ended(cloudabi_fd_t child) {
    cloudabi_event_t event = wait_process(child);
    check(event.error == 0 && event.proc_terminate.signal == 0 &&
              event.proc_terminate.exitcode == 0,
          "the other process ends well");
    cloudabi_sys_fd_close(child);
}

static void child_must(bool ok) {
    if (!ok)
        cloudabi_sys_proc_exit(1);
}

static void child_writes(void) {
    child_must(write_lock() == 0);
    child_must((words->lock & ~MANAGED) == (WRLOCKED | self));
    words->order = words->order * 10 + 1;
    child_must(cloudabi_sys_lock_unlock(&words->lock, SHARED) == 0);
}

static void child_reads(void) {
    child_must(take(&words->lock, SHARED, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, for_ever).error == 0);
    child_must((words->lock & WRLOCKED) == 0);
    words->order = words->order * 10 + 2;
    sleep_ms(50);
    cloudabi_lock_t word = words->lock;
    while (word != (MANAGED | 1) && !atomic_compare_exchange_strong(&words->lock, &word, word - 1))
        ;
    child_must(word != (MANAGED | 1));
}

static void locks(void) {
    words->lock = words->order = 0;
    write_lock();
    cloudabi_fd_t reader = with_child(child_reads), writer = with_child(child_writes);
    cloudabi_fd_t second = with_child(child_reads);
    check_equal(words->lock, MANAGED | WRLOCKED | self, "others sleep: KERNEL_MANAGED");
    check_equal(words->order, 0, "nobody has it");
    check_equal(cloudabi_sys_lock_unlock(&words->lock, SHARED), 0, "unlock hands it over");
    check_equal(cloudabi_sys_lock_unlock(&words->lock, SHARED), CLOUDABI_EPERM, "once");
    ended(writer);
    ended(reader);
    ended(second);
    check_equal(words->order, 122, "the writer first, then both readers");
    check_equal(words->lock, 0, "free in the end");
    // The same memory twice in one process.
    struct words *again = map();
    check(again != words, "mapped twice");
    write_lock();
    check_equal(take(&again->lock, SHARED, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever).error,
                CLOUDABI_EDEADLK, "it is the same lock at both addresses");
    writer = with_child(child_writes);
    check_equal(cloudabi_sys_lock_unlock(&again->lock, SHARED), 0, "and unlocks at either");
    ended(writer);
}

// Waiting processes that are killed leave nothing behind; a lock whose next owner was killed
// between being woken and running is given to another.
static void deaths(void) {
    words->lock = 0;
    write_lock();
    cloudabi_fd_t victim = with_child(child_writes), heir = with_child(child_writes);
    cloudabi_sys_fd_close(victim);
    check_equal(cloudabi_sys_lock_unlock(&words->lock, SHARED), 0, "unlock: the first is dead");
    ended(heir);
    check_equal(words->lock, 0, "the next one had it");
    write_lock();
    victim = with_child(child_reads);
    cloudabi_sys_fd_close(victim);
    check_equal(words->lock, MANAGED | WRLOCKED | self, "a dead reader still counts as sleeping");
    check_equal(cloudabi_sys_lock_unlock(&words->lock, SHARED), 0, "unlock");
    check_equal(words->lock, 0, "but not as a reader");
    words->lock = MANAGED | WRLOCKED;
    check_equal(write_lock(), 0, "a lock on its way to a dead writer is had in the end");
    check_equal(words->lock, WRLOCKED | self, "word: ours, nobody sleeps");
    words->lock = MANAGED | WRLOCKED;
    check_equal(take(&words->lock, SHARED, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, for_ever).error, 0,
                "for reading too");
    check_equal(words->lock, 1, "word: one reader");
    words->lock = 0;
}

static void child_waits(void) {
    child_must(write_lock() == 0);
    child_must(wait_on(&words->condvar, SHARED, &words->lock, SHARED, for_ever).error == 0);
    child_must((words->lock & ~MANAGED) == (WRLOCKED | self));
    ++words->order;
    child_must(cloudabi_sys_lock_unlock(&words->lock, SHARED) == 0);
}

static void conditions(void) {
    words->lock = words->order = 0;
    cloudabi_fd_t a = with_child(child_waits), b = with_child(child_waits);
    check_equal(words->lock, 0, "waiting releases the lock");
    check(words->condvar != 0, "somebody waits");
    write_lock();
    check_equal(cloudabi_sys_condvar_signal(&words->condvar, SHARED, 1), 0, "signal");
    sleep_ms(50);
    check_equal(words->order, 0, "the lock is busy");
    check_equal(words->lock, MANAGED | WRLOCKED | self, "it is waited for");
    check(words->condvar != 0, "another one still waits");
    cloudabi_sys_lock_unlock(&words->lock, SHARED);
    ended(a);
    sleep_ms(20);
    check_equal(words->order, 1, "only the first was woken");
    cloudabi_fd_t c = with_child(child_waits), victim = with_child(child_waits);
    cloudabi_sys_fd_close(victim);
    check_equal(cloudabi_sys_condvar_signal(&words->condvar, SHARED, UINT32_MAX), 0, "broadcast");
    check_equal(words->condvar, 0, "nobody waits any more");
    ended(b);
    ended(c);
    check_equal(words->order, 3, "all who lived were woken");
    check_equal(words->lock, 0, "the lock is free");
    victim = with_child(child_waits);
    cloudabi_sys_fd_close(victim);
    check_equal(cloudabi_sys_condvar_signal(&words->condvar, SHARED, 1), 0,
                "signal for a dead one");
    check_equal(words->condvar, 0, "nobody waits any more");
    victim = with_child(child_waits);
    words->other = WRLOCKED | self;
    const struct until soon = {.clock = CLOUDABI_CLOCK_MONOTONIC, .timeout = 10000000};
    check_equal(wait_on(&words->condvar, SHARED, &words->other, SHARED, soon).error,
                CLOUDABI_EINVAL, "another lock than that of another process is INVAL");
    check_equal(words->other, WRLOCKED | self, "and stays locked");
    cloudabi_sys_fd_close(victim);
    cloudabi_event_t event = wait_on(&words->condvar, SHARED, &words->other, SHARED, soon);
    check(event.error == 0 && event.type == CLOUDABI_EVENTTYPE_CLOCK, "unless that one has died");
    words->other = 0;
}

static uint64_t time_of(cloudabi_clockid_t clock) {
    cloudabi_timestamp_t time = 0;
    cloudabi_sys_clock_time_get(clock, 0, &time);
    return time;
}

// A lock that is busy, and a condition variable that nobody signals, until each kind of deadline.
static void deadlines(_Atomic(cloudabi_lock_t) *lock, _Atomic(cloudabi_condvar_t) *condvar,
                      cloudabi_scope_t scope) {
    static const cloudabi_clockid_t clocks[] = {CLOUDABI_CLOCK_MONOTONIC, CLOUDABI_CLOCK_REALTIME};
    const uint64_t span = 20000000;
    for (int i = 0; i < 12; ++i) {
        struct until until = {.clock = clocks[i % 2]};
        bool absolute = i / 2 % 3 != 0, past = i / 2 % 3 == 2, on_lock = i < 6;
        uint64_t began = time_of(until.clock);
        until.flags = absolute ? CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME : 0;
        until.timeout = !absolute ? span : past ? began - 1 : began + span;
        *lock = on_lock ? WRLOCKED | 5 : WRLOCKED | self;
        cloudabi_event_t event = on_lock ? take(lock, scope, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, until)
                                         : wait_on(condvar, scope, lock, scope, until);
        check(event.error == 0 && event.type == CLOUDABI_EVENTTYPE_CLOCK && event.userdata == 22,
              "a deadline gives the clock's event");
        check(past || time_of(until.clock) >= began + span, "not before its time");
        check_equal(*lock, on_lock ? WRLOCKED | 5 : WRLOCKED | self,
                    on_lock ? "KERNEL_MANAGED goes with it" : "with the lock held");
        check_equal(*condvar, 0, "nobody waits on the condition variable");
    }
    *lock = 0;
    struct until past = {CLOUDABI_CLOCK_MONOTONIC, 0, CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME};
    cloudabi_event_t event = take(lock, scope, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, past);
    check(event.error == 0 && event.type == CLOUDABI_EVENTTYPE_LOCK_WRLOCK &&
              *lock == (WRLOCKED | self),
          "a free lock is had after its deadline too");
    struct until bad = {CLOUDABI_CLOCK_THREAD_CPUTIME_ID, 0, 0};
    event = take(lock, scope, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, bad);
    check(event.error == CLOUDABI_ENOTSUP && event.type == CLOUDABI_EVENTTYPE_CLOCK,
          "another clock is NOTSUP, in its event");
    *lock = 0;
}

static _Atomic(cloudabi_lock_t) own_lock;
static _Atomic(cloudabi_condvar_t) own_condvar;
static struct mixture {
    _Atomic(cloudabi_condvar_t) *condvar;
    _Atomic(cloudabi_lock_t) *lock;
    cloudabi_scope_t condvar_scope, lock_scope;
    _Atomic(cloudabi_lock_t) joined;
    _Atomic(uint32_t) woken;
} mixture;

static void waiter(cloudabi_tid_t tid, void *argument) {
    struct mixture *m = argument;
    take(m->lock, m->lock_scope, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever);
    cloudabi_event_t event =
        wait_on(m->condvar, m->condvar_scope, m->lock, m->lock_scope, for_ever);
    m->woken = event.error == 0 && (*m->lock & ~MANAGED) == (WRLOCKED | tid) ? 1 : 2;
    cloudabi_sys_lock_unlock(m->lock, m->lock_scope);
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&m->joined, &bogus, WRLOCKED | tid);
    cloudabi_sys_thread_exit(&m->joined, m->lock_scope);
}

// A condition variable of one scope with a lock of the other.
static void mixed(bool shared_condvar) {
    static char stack[16384] __attribute__((aligned(16)));
    mixture = (struct mixture){.condvar = shared_condvar ? &words->condvar : &own_condvar,
                               .lock = shared_condvar ? &own_lock : &words->lock,
                               .condvar_scope = shared_condvar ? SHARED : PRIVATE,
                               .lock_scope = shared_condvar ? PRIVATE : SHARED,
                               .joined = CLOUDABI_LOCK_BOGUS};
    struct mixture *m = &mixture;
    *m->lock = *m->condvar = 0;
    struct until soon = {CLOUDABI_CLOCK_MONOTONIC, 20000000, 0};
    cloudabi_event_t event = wait_on(m->condvar, m->condvar_scope, m->lock, m->lock_scope, soon);
    check_equal(event.error, CLOUDABI_EPERM, "waiting without the lock is PERM");
    take(m->lock, m->lock_scope, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever);
    event = wait_on(m->condvar, m->condvar_scope, m->lock, m->lock_scope, soon);
    check(event.error == 0 && event.type == CLOUDABI_EVENTTYPE_CLOCK &&
              *m->lock == (WRLOCKED | self) && *m->condvar == 0,
          "mixed scopes: a time-out, with the lock held");
    cloudabi_sys_lock_unlock(m->lock, m->lock_scope);
    cloudabi_threadattr_t attr = {waiter, stack, sizeof(stack), m};
    cloudabi_tid_t tid;
    check_equal(cloudabi_sys_thread_create(&attr, &tid), 0, "thread_create");
    cloudabi_lock_t bogus = CLOUDABI_LOCK_BOGUS;
    atomic_compare_exchange_strong(&m->joined, &bogus, WRLOCKED | tid);
    while (*m->condvar == 0)
        sleep_ms(1);
    sleep_ms(20);
    take(m->lock, m->lock_scope, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever);
    cloudabi_sys_condvar_signal(m->condvar, m->condvar_scope, 1);
    sleep_ms(20);
    check_equal(m->woken, 0, "mixed scopes: signalled, but the lock is busy");
    cloudabi_sys_lock_unlock(m->lock, m->lock_scope);
    check_equal(take(&m->joined, m->lock_scope, CLOUDABI_EVENTTYPE_LOCK_RDLOCK, for_ever).error, 0,
                "thread_exit releases a lock of either scope");
    check_equal(m->woken, 1, "mixed scopes: woken with the lock");
    check_equal(*m->condvar, 0, "nobody waits");
}

static void bad_words(void) {
    words->lock = CLOUDABI_LOCK_BOGUS;
    check_equal(write_lock(), CLOUDABI_EINVAL, "BOGUS is INVAL");
    check_equal(cloudabi_sys_lock_unlock(&words->lock, SHARED), CLOUDABI_EPERM,
                "unlock of BOGUS is PERM");
    words->lock = MANAGED | WRLOCKED;
    check_equal(cloudabi_sys_lock_unlock(&words->lock, SHARED), CLOUDABI_EPERM,
                "unlock of a lock on its way is PERM");
    check_equal(take(&own_lock, 0, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever).error, CLOUDABI_EINVAL,
                "scope 0 is INVAL");
    own_lock = WRLOCKED | self;
    check_equal(wait_on(&own_condvar, 3, &own_lock, PRIVATE, for_ever).error, CLOUDABI_EINVAL,
                "for a condition variable too");
    check_equal(wait_on(&own_condvar, PRIVATE, &own_lock, 3, for_ever).error, CLOUDABI_EINVAL,
                "and for its lock");
    check_equal(cloudabi_sys_condvar_signal(&own_condvar, 0, 1), CLOUDABI_EINVAL,
                "signal with scope 0 is INVAL");
    own_lock = 0;
    _Atomic(cloudabi_lock_t) *crooked = (_Atomic(cloudabi_lock_t) *)((char *)&words->order + 1);
    __builtin_memcpy((void *)crooked, &(uint32_t){WRLOCKED | 5}, 4);
    check_equal(take(crooked, SHARED, CLOUDABI_EVENTTYPE_LOCK_WRLOCK, for_ever).error,
                CLOUDABI_EINVAL, "a word that is not aligned is INVAL");
}

void test(const cloudabi_auxv_t *auxv) {
    self = (cloudabi_tid_t)auxv_find(auxv, CLOUDABI_AT_TID)->a_val;
    cloudabi_filestat_t size = {.st_size = sizeof(struct words)};
    check(cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &memory) == 0 &&
              cloudabi_sys_file_stat_fput(memory, &size, CLOUDABI_FILESTAT_SIZE) == 0,
          "shared memory");
    words = map();
    locks();
    deaths();
    conditions();
    deadlines(&own_lock, &own_condvar, PRIVATE);
    deadlines(&words->lock, &words->condvar, SHARED);
    mixed(true);
    mixed(false);
    bad_words();
}
