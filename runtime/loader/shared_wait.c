// SPDX-License-Identifier: BSD-2-Clause
// Locks and condition variables of scope SHARED. Processes have nothing in common but the word, so
// the queue is the kernel's: all sleep on the word itself, writers and readers apart by a bit, and
// are woken in the order in which they came.
//
// A lock that is released while others sleep is handed over. Nobody knows who is first, so a writer
// cannot be entered as the owner beforehand: the word is TRANSIT until the one that was woken puts
// its own number in. Others leave it alone, except after PATIENCE: then the one that was woken has
// died. Readers are counted in before they are woken.
//
// Whoever sleeps has set MANAGED first, and the kernel lets nobody sleep on a word that has
// changed. So a sleeper can lack its bit only where somebody here took the bit away, and everyone
// who does looks for sleepers again afterwards.

#include <stdatomic.h>

#include "waiting.h"

#define MANAGED CLOUDABI_LOCK_KERNEL_MANAGED
#define WRLOCKED CLOUDABI_LOCK_WRLOCKED
#define OWNER_MASK (WRLOCKED - 1)
#define TRANSIT (MANAGED | WRLOCKED)

#define WRITERS 1U
#define READERS 2U
#define ANYBODY FUTEX_BITSET_MATCH_ANY

#define PATIENCE (NSEC_PER_SEC / 10)
// Looking again costs a sleeper its place in the queue.
#define LOOK_AGAIN (10 * NSEC_PER_SEC)

static linux_result sleep_on(_Atomic(uint32_t) *word, uint32_t value, uint32_t as,
                             const struct deadline *until) {
    bool realtime = until != NULL && until->realtime;
    return LINUX(futex, word, FUTEX_WAIT_BITSET | (realtime ? FUTEX_CLOCK_REALTIME : 0), value,
                 until != NULL ? &until->moment : NULL, NULL, as);
}

// Returns how many it woke. A word that is gone has no sleepers.
static uint32_t wake_on(_Atomic(uint32_t) *word, uint32_t count, uint32_t whom) {
    linux_result woken = LINUX(futex, word, FUTEX_WAKE_BITSET, count, NULL, NULL, whom);
    return woken < 0 ? 0 : (uint32_t)woken;
}

// Moves all to the queue where they are, in which none loses its place: that counts them.
static uint32_t sleepers_on(_Atomic(uint32_t) *word) {
    linux_result count = LINUX(futex, word, FUTEX_REQUEUE, 0, INT32_MAX, word);
    return count < 0 ? 0 : (uint32_t)count;
}

static uint64_t now_of(bool realtime) {
    return clock_now(realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC);
}

static bool is_before(struct __kernel_timespec a, struct __kernel_timespec b) {
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

static bool has_passed(const struct deadline *deadline) {
    return deadline != NULL &&
           !is_before(timespec_from_ns(now_of(deadline->realtime)), deadline->moment);
}

// The moment span from now or the deadline, whichever is first, on the clock of the deadline.
static struct deadline within(uint64_t span, const struct deadline *deadline) {
    struct deadline result = {.realtime = deadline != NULL && deadline->realtime};
    result.moment = timespec_from_ns(now_of(result.realtime) + span);
    if (deadline != NULL && is_before(deadline->moment, result.moment))
        result.moment = deadline->moment;
    return result;
}

// After a bit was taken away, or the lock with it. True: sleepers were overlooked and the lock is
// free; it is TRANSIT now, and the caller's to hand over.
static bool overlooked(_Atomic(cloudabi_lock_t) *lock) {
    if (sleepers_on(lock) == 0)
        return false;
    cloudabi_lock_t word = atomic_load(lock);
    while ((word & MANAGED) == 0) {
        if (atomic_compare_exchange_strong(lock, &word, word == 0 ? TRANSIT : word | MANAGED))
            return word == 0;
    }
    return false;
}

// The word counts so many readers who do not know it yet. True if less came, nobody else has the
// lock, and others wait: the word is TRANSIT again.
static bool let_readers_in(_Atomic(cloudabi_lock_t) *lock, uint32_t count) {
    if (sleepers_on(lock) > count)
        atomic_fetch_or(lock, MANAGED);
    uint32_t missing = count - wake_on(lock, count, READERS);
    if (missing == 0) // the word may be gone
        return false;
    if (sleepers_on(lock) > 0)
        atomic_fetch_or(lock, MANAGED);
    cloudabi_lock_t word = atomic_load(lock), next;
    do
        next = word - missing == MANAGED ? TRANSIT : word - missing;
    while (!atomic_compare_exchange_strong(lock, &word, next));
    return next == TRANSIT;
}

// The word is TRANSIT, by the caller.
static void hand_over(_Atomic(cloudabi_lock_t) *lock) {
    bool again = true;
    while (again && wake_on(lock, 1, WRITERS) == 0) {
        uint32_t readers = sleepers_on(lock);
        cloudabi_lock_t word = TRANSIT;
        if (!atomic_compare_exchange_strong(lock, &word, readers))
            return;
        again = readers > 0 ? let_readers_in(lock, readers) : overlooked(lock);
    }
}

cloudabi_errno_t shared_lock_release(_Atomic(cloudabi_lock_t) *lock) {
    cloudabi_lock_t word = atomic_load(lock), next;
    do {
        if ((word & WRLOCKED) == 0 || (word & OWNER_MASK) != thread_self()->tid)
            return CLOUDABI_EPERM;
        next = (word & MANAGED) != 0 ? TRANSIT : 0;
    } while (!atomic_compare_exchange_strong(lock, &word, next));
    if (next == TRANSIT)
        hand_over(lock);
    return CLOUDABI_ESUCCESS;
}

// Takes a lock that is TRANSIT.
static bool claim(_Atomic(cloudabi_lock_t) *lock, cloudabi_lock_t held) {
    cloudabi_lock_t word = TRANSIT;
    if (!atomic_compare_exchange_strong(lock, &word, held))
        return false;
    if (sleepers_on(lock) > 0)
        atomic_fetch_or(lock, MANAGED);
    return true;
}

// Whether the one that was woken has the lock. A stray wake-up does not give it.
static bool was_given(_Atomic(cloudabi_lock_t) *lock, bool write, uint32_t tid) {
    if (write)
        return claim(lock, WRLOCKED | tid);
    cloudabi_lock_t word = atomic_load(lock);
    return (word & WRLOCKED) == 0 && (word & OWNER_MASK) != 0;
}

// The caller no longer sleeps: if nobody else does, the bit goes.
static void give_up(_Atomic(cloudabi_lock_t) *lock) {
    cloudabi_lock_t word = atomic_load(lock);
    while ((word & MANAGED) != 0 && word != TRANSIT && word != CLOUDABI_LOCK_BOGUS &&
           sleepers_on(lock) == 0) {
        if (atomic_compare_exchange_strong(lock, &word, word & ~MANAGED)) {
            if (overlooked(lock))
                hand_over(lock);
            return;
        }
    }
}

cloudabi_errno_t shared_lock_acquire(_Atomic(cloudabi_lock_t) *lock, bool write,
                                     const struct deadline *deadline) {
    const uint32_t tid = thread_self()->tid;
    for (;;) {
        cloudabi_lock_t word = atomic_load(lock);
        if ((word & WRLOCKED) != 0 && (word & OWNER_MASK) == tid)
            return CLOUDABI_EDEADLK;
        if (word == CLOUDABI_LOCK_BOGUS)
            return CLOUDABI_EINVAL;
        if (write ? word == 0 : (word & TRANSIT) == 0) {
            if (atomic_compare_exchange_strong(lock, &word, write ? WRLOCKED | tid : word + 1))
                return CLOUDABI_ESUCCESS;
            continue;
        }
        if ((word & MANAGED) == 0 && !atomic_compare_exchange_strong(lock, &word, word | MANAGED))
            continue;
        word |= MANAGED;
        struct deadline look = within(word == TRANSIT ? PATIENCE : LOOK_AGAIN, deadline);
        linux_result result = sleep_on(lock, word, write ? WRITERS : READERS, &look);
        if (result == 0) {
            if (was_given(lock, write, tid))
                return CLOUDABI_ESUCCESS;
        } else if (result == -ETIMEDOUT) {
            if (has_passed(deadline)) {
                give_up(lock);
                return CLOUDABI_ETIMEDOUT;
            }
            if (word == TRANSIT && claim(lock, write ? WRLOCKED | tid : 1))
                return CLOUDABI_ESUCCESS;
        } else if (result != -EAGAIN && result != -EINTR) {
            return errno_from_linux(result);
        }
    }
}

// A condition variable's word, if it is not 0, is a number that the first of those who wait has
// drawn. Those who wait may be about to sleep: a new number, or 0, tells them that they were
// signalled. It must not come again soon: it is a time, in units of less than it takes to draw two.
//
// Bits 21 to 30 are those of the lock's address that are the same wherever its page is mapped.
// Two that differ in them are different locks.
#define LOCK_SHIFT 21
#define LOCK_MASK (UINT32_C(0x3ff) << LOCK_SHIFT)

static uint32_t new_number(const _Atomic(cloudabi_lock_t) *lock) {
    uint32_t time = (uint32_t)(clock_now(CLOCK_MONOTONIC) >> 8);
    uint32_t place = (uint32_t)((uintptr_t)lock % PAGE_SIZE / sizeof(*lock));
    return UINT32_C(1) << 31 | place << LOCK_SHIFT | time % (UINT32_C(1) << LOCK_SHIFT);
}

// Sets the word to 0, then wakes those who had gone to sleep on the number.
static bool dissolve(_Atomic(cloudabi_condvar_t) *condvar, uint32_t number) {
    if (!atomic_compare_exchange_strong(condvar, &number, CLOUDABI_CONDVAR_HAS_NO_WAITERS))
        return false;
    uint32_t left = sleepers_on(condvar);
    if (left > 0)
        wake_on(condvar, left, ANYBODY);
    return true;
}

uint32_t shared_condvar_enter(_Atomic(cloudabi_condvar_t) *condvar,
                              const _Atomic(cloudabi_lock_t) *lock) {
    for (;;) {
        const uint32_t number = new_number(lock);
        cloudabi_condvar_t word = CLOUDABI_CONDVAR_HAS_NO_WAITERS;
        if (atomic_compare_exchange_strong(condvar, &word, number))
            return number;
        if (((word ^ number) & LOCK_MASK) == 0)
            return word;
        // With another lock. But those may all have died.
        if (sleepers_on(condvar) > 0)
            return 0;
        dissolve(condvar, word);
    }
}

cloudabi_errno_t shared_condvar_sleep(_Atomic(cloudabi_condvar_t) *condvar, uint32_t number,
                                      const struct deadline *deadline) {
    linux_result result;
    do
        result = sleep_on(condvar, number, ANYBODY, deadline);
    while (result == -EINTR);
    if (result == 0 || result == -EAGAIN)
        return CLOUDABI_ESUCCESS;
    if (result != -ETIMEDOUT)
        return errno_from_linux(result);
    // Signalled at the last moment, or nobody is left.
    if (atomic_load(condvar) != number || (sleepers_on(condvar) == 0 && !dissolve(condvar, number)))
        return CLOUDABI_ESUCCESS;
    return CLOUDABI_ETIMEDOUT;
}

void shared_condvar_wake(_Atomic(cloudabi_condvar_t) *condvar, uint32_t nwaiters) {
    while (nwaiters > 0) {
        cloudabi_condvar_t number = atomic_load(condvar);
        if (number == CLOUDABI_CONDVAR_HAS_NO_WAITERS)
            return;
        if (sleepers_on(condvar) > nwaiters)
            nwaiters -= wake_on(condvar, nwaiters, ANYBODY);
        else if (dissolve(condvar, number))
            return;
    }
}
