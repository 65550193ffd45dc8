// SPDX-License-Identifier: BSD-2-Clause
// Random numbers: those of the system, and those of a seed.

#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "check.h"

// Filled, with nothing written around it, and not twice the same.
static void check_filled(struct check *t, int (*fill)(void *buffer, size_t len)) {
    static unsigned char first[300], second[300];
    memset(first, 0, sizeof(first));
    memset(second, 0, sizeof(second));
    CHECK_INT(t, fill(first + 1, 256), 0);
    CHECK_INT(t, fill(second + 1, 256), 0);
    CHECK(t, memcmp(first, second, sizeof(first)) != 0);
    CHECK_INT(t, first[0], 0);
    CHECK_INT(t, first[257], 0);
    bool seen[256] = {false};
    int values = 0;
    for (int i = 1; i <= 256; ++i) {
        values += !seen[first[i]];
        seen[first[i]] = true;
    }
    CHECK(t, values > 100); // about 162 are to be expected
}

static int by_getrandom(void *buffer, size_t len) {
    return getrandom(buffer, len, GRND_NONBLOCK) == (ssize_t)len ? 0 : -1;
}

static int by_arc4random(void *buffer, size_t len) {
    arc4random_buf(buffer, len);
    return 0;
}

static void from_the_system(struct check *t) {
    check_filled(t, by_getrandom);
    check_filled(t, getentropy);
    check_filled(t, by_arc4random);
    char buffer[257];
    CHECK_INT(t, getentropy(buffer, 257), -1);
    CHECK_INT(t, errno, EIO);
    CHECK_INT(t, getrandom(buffer, 1, 0x8000), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, getrandom(buffer, 0, 0), 0);
    CHECK(t, arc4random() != arc4random() || arc4random() != arc4random());
}

static void bounded(struct check *t) {
    int counts[10] = {0};
    for (int i = 0; i < 10000; ++i) {
        uint32_t number = arc4random_uniform(10);
        if (!CHECK(t, number < 10))
            return;
        ++counts[number];
    }
    for (int i = 0; i < 10; ++i)
        CHECK(t, counts[i] > 800 && counts[i] < 1200);
    CHECK_INT(t, arc4random_uniform(0), 0);
    CHECK_INT(t, arc4random_uniform(1), 0);
    CHECK(t, arc4random_uniform(UINT32_MAX) < UINT32_MAX);
}

static void of_a_seed(struct check *t) {
    unsigned one = 5, other = 5;
    for (int i = 0; i < 5; ++i)
        CHECK_INT(t, rand_r(&one), rand_r(&other));
    unsigned short state[3] = {1, 2, 3}, same[3] = {1, 2, 3};
    CHECK(t, erand48(state) == erand48(same));
    CHECK(t, nrand48(state) == nrand48(same));
    CHECK(t, random() >= 0 && rand() >= 0);
}

// POSIX fixes the numbers of this family: X' = (0x5deece66d X + 11) mod 2^48.
static void linear_congruences(struct check *t) {
    unsigned short state[3] = {0, 0, 0};
    uint64_t x = 0;
    for (int i = 0; i < 100; ++i) {
        x = (x * 0x5deece66d + 11) & 0xffffffffffff;
        CHECK_INT(t, jrand48(state), (int32_t)(x >> 16));
        x = (x * 0x5deece66d + 11) & 0xffffffffffff;
        CHECK_INT(t, nrand48(state), x >> 17);
        x = (x * 0x5deece66d + 11) & 0xffffffffffff;
        CHECK(t, erand48(state) == (double)x / 0x1p48);
    }
    // Nothing can seed what is shared, but its numbers stay within bounds and differ.
    double sum = 0;
    bool negative = false;
    for (int i = 0; i < 100; ++i) {
        double fraction = drand48();
        CHECK(t, fraction >= 0 && fraction < 1);
        sum += fraction;
        long number = lrand48();
        CHECK(t, number >= 0 && number <= INT32_MAX);
        number = mrand48();
        CHECK(t, number >= INT32_MIN && number <= INT32_MAX);
        negative = negative || number < 0;
    }
    CHECK(t, sum > 20 && sum < 80 && negative);
}

#define TESTS(X)                                                                                   \
    X(from_the_system)                                                                             \
    X(bounded)                                                                                     \
    X(of_a_seed) X(linear_congruences)
CHECK_MAIN(TESTS)
