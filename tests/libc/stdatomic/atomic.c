// SPDX-License-Identifier: BSD-2-Clause
// <stdatomic.h>: each operation alone, and several threads at once.

#include <pthread.h>
#include <stdatomic.h>

#include "check.h"

static void loads_and_stores(struct check *t) {
    atomic_int value;
    atomic_init(&value, 3);
    CHECK_INT(t, atomic_load(&value), 3);
    atomic_store(&value, 5);
    CHECK_INT(t, atomic_load_explicit(&value, memory_order_acquire), 5);
    atomic_store_explicit(&value, 7, memory_order_release);
    CHECK_INT(t, atomic_exchange(&value, 9), 7);
    CHECK_INT(t, atomic_exchange_explicit(&value, 11, memory_order_acq_rel), 9);
    CHECK_INT(t, value, 11);
    CHECK(t, atomic_is_lock_free(&value));
}

static void arithmetic(struct check *t) {
    atomic_uint value = 10;
    CHECK_INT(t, atomic_fetch_add(&value, 5), 10);
    CHECK_INT(t, atomic_fetch_add_explicit(&value, 5, memory_order_relaxed), 15);
    CHECK_INT(t, atomic_fetch_sub(&value, 8), 20);
    CHECK_INT(t, atomic_fetch_sub_explicit(&value, 2, memory_order_relaxed), 12);
    CHECK_INT(t, atomic_fetch_or(&value, 0x30), 0xa);
    CHECK_INT(t, atomic_fetch_or_explicit(&value, 1, memory_order_relaxed), 0x3a);
    CHECK_INT(t, atomic_fetch_and(&value, 0x1f), 0x3b);
    CHECK_INT(t, atomic_fetch_and_explicit(&value, 0x13, memory_order_relaxed), 0x1b);
    CHECK_INT(t, atomic_fetch_xor(&value, 0xff), 0x13);
    CHECK_INT(t, atomic_fetch_xor_explicit(&value, 0xff, memory_order_relaxed), 0xec);
    CHECK_INT(t, value, 0x13);
}

static void comparing(struct check *t) {
    _Atomic long value = 1;
    long expected = 2;
    CHECK(t, !atomic_compare_exchange_strong(&value, &expected, 3) && expected == 1);
    CHECK(t, atomic_compare_exchange_strong(&value, &expected, 3) && value == 3);
    CHECK(t, !atomic_compare_exchange_strong_explicit(&value, &expected, 4, memory_order_seq_cst,
                                                      memory_order_relaxed));
    CHECK_INT(t, expected, 3);
    while (!atomic_compare_exchange_weak(&value, &expected, 5))
        CHECK_INT(t, expected, 3);
    CHECK(t, !atomic_compare_exchange_weak_explicit(&value, &expected, 6, memory_order_seq_cst,
                                                    memory_order_relaxed));
    CHECK(t, expected == 5 && value == 5);
}

static void flags(struct check *t) {
    atomic_flag flag = ATOMIC_FLAG_INIT;
    CHECK(t, !atomic_flag_test_and_set(&flag));
    CHECK(t, atomic_flag_test_and_set(&flag));
    atomic_flag_clear(&flag);
    CHECK(t, !atomic_flag_test_and_set_explicit(&flag, memory_order_acquire));
    atomic_flag_clear_explicit(&flag, memory_order_release);
    CHECK(t, !atomic_flag_test_and_set(&flag));
}

enum { THREADS = 4, ROUNDS = 20000 };
static atomic_int counter;
static atomic_flag lock = ATOMIC_FLAG_INIT;
static int plain;

static void *count(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; ++i) {
        atomic_fetch_add_explicit(&counter, 1, memory_order_relaxed);
        while (atomic_flag_test_and_set_explicit(&lock, memory_order_acquire))
            atomic_signal_fence(memory_order_seq_cst);
        ++plain;
        atomic_flag_clear_explicit(&lock, memory_order_release);
    }
    return NULL;
}

static void threads(struct check *t) {
    pthread_t thread[THREADS];
    for (int i = 0; i < THREADS; ++i)
        CHECK_REQUIRE(t, pthread_create(&thread[i], NULL, count, NULL) == 0);
    for (int i = 0; i < THREADS; ++i)
        CHECK_INT(t, pthread_join(thread[i], NULL), 0);
    CHECK_INT(t, counter, THREADS * ROUNDS);
    CHECK_INT(t, plain, THREADS * ROUNDS);
}

// Each of two threads stores, then loads what the other stores: with a fence between, at least
// one of them sees the other's.
static atomic_int first, second, seen_by_first, seen_by_second, rounds;

static void *store_second(void *unused) {
    (void)unused;
    for (int i = 1; i <= 2000; ++i) {
        while (atomic_load(&rounds) < 2 * i - 1)
            continue;
        atomic_store_explicit(&second, i, memory_order_relaxed);
        atomic_thread_fence(memory_order_seq_cst);
        seen_by_second = atomic_load_explicit(&first, memory_order_relaxed);
        atomic_fetch_add(&rounds, 1);
    }
    return NULL;
}

static void fences(struct check *t) {
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, store_second, NULL) == 0);
    for (int i = 1; i <= 2000; ++i) {
        atomic_fetch_add(&rounds, 1);
        atomic_store_explicit(&first, i, memory_order_relaxed);
        atomic_thread_fence(memory_order_seq_cst);
        seen_by_first = atomic_load_explicit(&second, memory_order_relaxed);
        while (atomic_load(&rounds) < 2 * i)
            continue;
        if (!CHECK(t, seen_by_first == i || seen_by_second == i))
            break;
    }
    atomic_store(&rounds, 1 << 20);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
}

#define TESTS(X) X(loads_and_stores) X(arithmetic) X(comparing) X(flags) X(threads) X(fences)
CHECK_MAIN(TESTS)
