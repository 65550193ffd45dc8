// SPDX-License-Identifier: BSD-2-Clause
// Locks and condition variables of scope PRIVATE: what happens when the fast paths in the program
// do not do.
//
// One mutex guards all queues and every change made here to a lock word that has sleepers. The
// program changes the words at the same time; it only ever moves a word between states without
// sleepers, adds or drops readers, or takes over an ending read lock, so every change here that
// can meet one of those is a compare-and-swap or an atomic operation on the one bit.

#include <stdatomic.h>

#include "waiting.h"

#define MANAGED CLOUDABI_LOCK_KERNEL_MANAGED
#define WRLOCKED CLOUDABI_LOCK_WRLOCKED
#define OWNER_MASK (WRLOCKED - 1)
#define BUCKETS 64

static struct mutex mutex;
static struct thread *queues[BUCKETS];

void wait_lock(void) {
    mutex_lock(&mutex);
}

void wait_unlock(void) {
    mutex_unlock(&mutex);
}

void wait_in_child(void) {
    memset(queues, 0, sizeof(queues));
}

static struct thread **queue_of(const void *address) {
    return &queues[((uintptr_t)address >> 2) * UINT64_C(0x9e3779b97f4a7c15) >> 58];
}

static const void *waits_on(const struct thread *thread) {
    return thread->wait_state == WAIT_CONDVAR ? (const void *)thread->wait_condvar
                                              : (const void *)thread->wait_lock;
}

// The first in the queue of that state on that address, from `from` on.
static struct thread *find(struct thread *from, const void *address, enum wait_state state) {
    while (from != NULL && (from->wait_state != state || waits_on(from) != address))
        from = from->wait_next;
    return from;
}

static struct thread *first(const void *address, enum wait_state state) {
    return find(*queue_of(address), address, state);
}

static bool has_sleepers(const void *lock) {
    return first(lock, WAIT_LOCK_WRITE) != NULL || first(lock, WAIT_LOCK_READ) != NULL;
}

static void enqueue(struct thread *thread, enum wait_state state) {
    thread->wait_state = state;
    struct thread **link = queue_of(waits_on(thread));
    while (*link != NULL)
        link = &(*link)->wait_next;
    thread->wait_next = NULL;
    thread->wait_link = link;
    *link = thread;
}

static void dequeue(struct thread *thread) {
    *thread->wait_link = thread->wait_next;
    if (thread->wait_next != NULL)
        thread->wait_next->wait_link = thread->wait_link;
}

// For a thread that is in no queue. From here on it runs, its block may be used for something
// else, and the lock and condition variable may be gone.
static void wake(struct thread *thread) {
    atomic_store(&thread->wait_state, WAIT_DONE);
    futex_wake(&thread->wait_state, 1);
}

// The word is the caller's to overwrite: it is held for writing, or was just taken so.
static void hand_over(_Atomic(cloudabi_lock_t) *lock) {
    struct thread *writer = first(lock, WAIT_LOCK_WRITE);
    if (writer != NULL) {
        bool more = find(writer->wait_next, lock, WAIT_LOCK_WRITE) != NULL ||
                    first(lock, WAIT_LOCK_READ) != NULL;
        atomic_store(lock, WRLOCKED | writer->tid | (more ? MANAGED : 0));
        dequeue(writer);
        wake(writer);
        return;
    }
    uint32_t readers = 0;
    for (struct thread *r = first(lock, WAIT_LOCK_READ); r != NULL;
         r = find(r->wait_next, lock, WAIT_LOCK_READ))
        ++readers;
    // The last access to the word: a freed lock may be unmapped by its next owner.
    atomic_store(lock, readers);
    for (struct thread *r; (r = first(lock, WAIT_LOCK_READ)) != NULL;) {
        dequeue(r);
        wake(r);
    }
}

cloudabi_errno_t private_lock_release(_Atomic(cloudabi_lock_t) *lock) {
    mutex_lock(&mutex);
    cloudabi_lock_t word = atomic_load(lock);
    bool mine = (word & WRLOCKED) != 0 && (word & OWNER_MASK) == thread_self()->tid;
    if (mine)
        hand_over(lock);
    mutex_unlock(&mutex);
    return mine ? CLOUDABI_ESUCCESS : CLOUDABI_EPERM;
}

// Takes the lock now (0), or marks it as slept on (AGAIN), or says why neither is right.
static cloudabi_errno_t take_or_mark(_Atomic(cloudabi_lock_t) *lock, bool write, uint32_t tid) {
    cloudabi_lock_t word = atomic_load(lock);
    for (;;) {
        cloudabi_lock_t next;
        cloudabi_errno_t outcome = CLOUDABI_ESUCCESS;
        if ((word & WRLOCKED) != 0 && (word & OWNER_MASK) == tid)
            return CLOUDABI_EDEADLK;
        if ((word & MANAGED) != 0 && !has_sleepers(lock))
            return CLOUDABI_EINVAL;
        if (write && word == 0) {
            next = WRLOCKED | tid;
        } else if (!write && (word & (WRLOCKED | MANAGED)) == 0) {
            next = word + 1;
        } else {
            next = word | MANAGED;
            outcome = CLOUDABI_EAGAIN;
        }
        if (atomic_compare_exchange_strong(lock, &word, next))
            return outcome;
    }
}

// Sleeps until woken. TIMEDOUT leaves the thread in its queue.
static cloudabi_errno_t sleep(struct thread *self, uint32_t only_while,
                              const struct deadline *deadline) {
    for (;;) {
        uint32_t state = atomic_load(&self->wait_state);
        if (state == WAIT_DONE)
            return CLOUDABI_ESUCCESS;
        // Moved from a condition variable to its lock: no time-out counts any more.
        if (state != only_while)
            deadline = NULL;
        if (futex_wait(&self->wait_state, state, deadline != NULL && deadline->realtime,
                       deadline != NULL ? &deadline->moment : NULL) == -ETIMEDOUT &&
            atomic_load(&self->wait_state) == only_while)
            return CLOUDABI_ETIMEDOUT;
    }
}

cloudabi_errno_t private_lock_acquire(_Atomic(cloudabi_lock_t) *lock, bool write,
                                      const struct deadline *deadline) {
    struct thread *self = thread_self();
    const enum wait_state state = write ? WAIT_LOCK_WRITE : WAIT_LOCK_READ;
    mutex_lock(&mutex);
    cloudabi_errno_t error = take_or_mark(lock, write, self->tid);
    if (error == CLOUDABI_EAGAIN) {
        self->wait_lock = lock;
        enqueue(self, state);
    }
    mutex_unlock(&mutex);
    if (error != CLOUDABI_EAGAIN)
        return error;

    error = sleep(self, state, deadline);
    if (error == CLOUDABI_ESUCCESS)
        return error;
    mutex_lock(&mutex);
    if (self->wait_state == WAIT_DONE) {
        error = CLOUDABI_ESUCCESS;
    } else {
        dequeue(self);
        if (!has_sleepers(lock))
            atomic_fetch_and(lock, ~MANAGED);
    }
    mutex_unlock(&mutex);
    return error;
}

// Takes the lock for a thread that has waited on a condition variable, or lines it up. True if it
// can run: that of scope SHARED it takes itself.
static bool relock(struct thread *thread) {
    if (thread->wait_lock_is_shared)
        return true;
    if (take_or_mark(thread->wait_lock, true, thread->tid) != CLOUDABI_EAGAIN)
        return true;
    enqueue(thread, WAIT_LOCK_WRITE);
    return false;
}

cloudabi_errno_t private_condvar_wait(_Atomic(cloudabi_condvar_t) *condvar,
                                      _Atomic(cloudabi_lock_t) *lock, bool lock_is_shared,
                                      const struct deadline *deadline) {
    struct thread *self = thread_self();
    mutex_lock(&mutex);
    struct thread *other = first(condvar, WAIT_CONDVAR);
    bool ours = other == NULL || other->wait_lock == lock;
    if (ours) {
        self->wait_lock = lock;
        self->wait_lock_is_shared = lock_is_shared;
        self->wait_condvar = condvar;
        atomic_store(condvar, UINT32_MAX);
        enqueue(self, WAIT_CONDVAR);
        if (lock_is_shared)
            shared_lock_release(lock);
        else
            hand_over(lock);
    }
    mutex_unlock(&mutex);
    if (!ours)
        return CLOUDABI_EINVAL;

    cloudabi_errno_t error = sleep(self, WAIT_CONDVAR, deadline);
    if (error == CLOUDABI_ESUCCESS)
        return error;
    mutex_lock(&mutex);
    bool done = self->wait_state == WAIT_DONE;
    bool moved = self->wait_state == WAIT_LOCK_WRITE;
    if (!done && !moved) {
        dequeue(self);
        if (first(condvar, WAIT_CONDVAR) == NULL)
            atomic_store(condvar, CLOUDABI_CONDVAR_HAS_NO_WAITERS);
        if (relock(self))
            self->wait_state = WAIT_DONE;
    }
    mutex_unlock(&mutex);
    sleep(self, WAIT_NONE, NULL);
    return done || moved ? CLOUDABI_ESUCCESS : CLOUDABI_ETIMEDOUT;
}

void private_condvar_wake(_Atomic(cloudabi_condvar_t) *condvar, uint32_t nwaiters) {
    mutex_lock(&mutex);
    struct thread *waiter = first(condvar, WAIT_CONDVAR);
    if (waiter == NULL)
        atomic_store(condvar, CLOUDABI_CONDVAR_HAS_NO_WAITERS);
    while (nwaiters-- > 0 && waiter != NULL) {
        dequeue(waiter);
        struct thread *next = first(condvar, WAIT_CONDVAR);
        // Before the last one runs: it may free the condition variable.
        if (next == NULL)
            atomic_store(condvar, CLOUDABI_CONDVAR_HAS_NO_WAITERS);
        if (relock(waiter))
            wake(waiter);
        waiter = next;
    }
    mutex_unlock(&mutex);
}
