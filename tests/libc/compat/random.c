// SPDX-License-Identifier: BSD-2-Clause
// Seeds make the same sequence again, and reach the generators that are there without --compat.

#define _GNU_SOURCE
#include <stdlib.h>

#include "check.h"

enum { COUNT = 40 };

static long next_rand(void) {
    return rand();
}

// Whether `seed` makes `next` repeat itself, and another seed does not.
static void repeats(struct check *t, void (*seed)(unsigned), long (*next)(void)) {
    long first[COUNT];
    seed(5);
    for (int i = 0; i < COUNT; ++i)
        first[i] = next();
    seed(5);
    for (int i = 0; i < COUNT; ++i)
        CHECK_INT(t, next(), first[i]);
    seed(6);
    int same = 0;
    for (int i = 0; i < COUNT; ++i)
        same += next() == first[i];
    CHECK(t, same < 2);
}

static void seed_drand48(unsigned seed) {
    srand48(seed);
}

static void seeds(struct check *t) {
    repeats(t, srand, next_rand);
    repeats(t, srandom, random);
    repeats(t, seed_drand48, lrand48);
}

static void states(struct check *t) {
    char state[64];
    srandom(1);
    long expected = random();
    char *old = initstate(9, state, sizeof(state));
    CHECK(t, old != NULL);
    long other = random();
    CHECK(t, setstate(old) == state);
    srandom(1);
    CHECK_INT(t, random(), expected);
    initstate(9, state, sizeof(state));
    CHECK_INT(t, random(), other);
    CHECK(t, initstate(9, state, 4) == NULL);
}

static void parameters(struct check *t) {
    unsigned short seed[3] = {1, 2, 3}, all[7] = {1, 2, 3, 0xe66d, 0xdeec, 5, 11};
    (void)seed48(seed);
    long expected = lrand48();
    unsigned short *old = seed48(seed);
    CHECK(t, old != NULL);
    CHECK_INT(t, lrand48(), expected);
    lcong48(all);
    CHECK_INT(t, lrand48(), expected);
    all[3] = 0x1235;
    lcong48(all);
    CHECK(t, lrand48() != expected);
}

#define TESTS(X) X(seeds) X(states) X(parameters)
CHECK_MAIN(TESTS)
