// SPDX-License-Identifier: BSD-2-Clause
// Threads with TLS, unsafe stacks, locks and condition variables.

#include "calls.h"

#define THREADS 4
#define ROUNDS 2000

static _Thread_local unsigned mine = 1000;
static _Atomic(uint32_t) lock, condvar;
static unsigned counter, turn, wrong;

// Its address escapes, so that SafeStack puts the array on the unsafe stack.
static void fill(volatile unsigned *numbers, unsigned value) {
    for (int i = 0; i < 64; ++i)
        numbers[i] = value;
}

static void count(void *argument) {
    unsigned value = *(unsigned *)argument;
    volatile unsigned numbers[64];
    if (mine++ != 1000)
        ++wrong;
    for (int i = 0; i < ROUNDS; ++i) {
        fill(numbers, value);
        lock_write(&lock);
        ++counter;
        unlock_write(&lock);
        lock_read(&lock);
        unlock_read(&lock);
        if (numbers[63] != value)
            ++wrong;
        if (i % 64 == 0)
            cloudabi_sys_thread_yield();
    }
    if (tcb_get()->parent == NULL || mine != 1001)
        ++wrong;
}

static void take_turns(void *argument) {
    unsigned my_turn = *(unsigned *)argument;
    for (int i = 0; i < 200; ++i) {
        lock_write(&lock);
        while (turn % THREADS != my_turn)
            condvar_wait(&condvar, &lock);
        ++turn;
        condvar_wake(&condvar, UINT32_MAX);
        unlock_write(&lock);
    }
}

static bool run_all(void (*run)(void *)) {
    static unsigned numbers[THREADS] = {0, 1, 2, 3};
    struct thread threads[THREADS];
    for (int i = 0; i < THREADS; ++i)
        if (!thread_start(&threads[i], run, &numbers[i]))
            return false;
    for (int i = 0; i < THREADS; ++i)
        thread_join(&threads[i]);
    return true;
}

static void nothing(void *argument) {
    (void)argument;
}

// The block of memory is gone as soon as the lock is free, with the stack and the TCB in it.
static bool come_and_go(unsigned times) {
    for (unsigned i = 0; i < times; ++i) {
        struct thread thread;
        if (!thread_start(&thread, nothing, NULL))
            return false;
        thread_join(&thread);
    }
    return true;
}

static void others_go_on(void *argument) {
    struct subscription wait = {.type = EVENT_CLOCK,
                                .clock = {.clock = CLOCK_MONOTONIC, .timeout = 1000000}};
    struct event event;
    size_t n;
    (void)argument;
    cloudabi_sys_poll(&wait, &event, 1, &n);
}

static void last_thread_ends(void *argument) {
    struct thread thread;
    (void)argument;
    thread_start(&thread, others_go_on, NULL);
    lock_write(&lock);
    cloudabi_sys_thread_exit(&lock, SCOPE_PRIVATE);
}

void calls_threads(void) {
    check(run_all(count), "thread_create");
    check_equal(counter, THREADS * ROUNDS, "locks keep threads from each other");
    check_equal(wrong, 0, "TLS and unsafe stack are a thread's own");
    check_equal(mine, 1000, "the first thread's too");
    check(run_all(take_turns), "condition variables");
    check_equal(turn, THREADS * 200, "pass the turn on");
    check_equal(lock, 0, "the lock is free in the end");
    check_equal(condvar, 0, "nobody waits in the end");
    check(come_and_go(300), "stacks are unmapped as soon as threads are joined");
    _Atomic(uint32_t) word = WRLOCKED | (thread_self() + 1);
    check_equal(cloudabi_sys_lock_unlock(&word, SCOPE_PRIVATE), EPERM, "another thread's lock");
    struct ending ending = in_child(last_thread_ends, NULL);
    check(ending.error == 0 && ending.signal == 0 && ending.exitcode == 0,
          "thread_exit of the last thread ends the process with 0");
}
