// SPDX-License-Identifier: BSD-2-Clause
// malloc() and its siblings; sorting and searching.

#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static void blocks_do_not_overlap(struct check *t) {
    enum { COUNT = 500 };
    static unsigned char *blocks[COUNT];
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < COUNT; ++i) {
            size_t size = (size_t)(i * 37 % 3000) + (i % 50 == 0 ? 200000 : 1);
            blocks[i] = malloc(size);
            CHECK_REQUIRE(t, blocks[i] != NULL);
            CHECK_INT(t, (uintptr_t)blocks[i] % 16, 0);
            CHECK(t, malloc_usable_size(blocks[i]) >= size);
            memset(blocks[i], i & 0xff, size);
        }
        for (int i = 0; i < COUNT; ++i) {
            size_t size = (size_t)(i * 37 % 3000) + (i % 50 == 0 ? 200000 : 1);
            if (blocks[i][0] != (i & 0xff) || blocks[i][size - 1] != (i & 0xff))
                CHECK_INT(t, i, -1);
            free(blocks[i]);
        }
    }
}

static void zeroed_and_resized(struct check *t) {
    unsigned char *block = calloc(1000, 9);
    CHECK_REQUIRE(t, block != NULL);
    for (int i = 0; i < 9000; ++i)
        if (block[i] != 0)
            CHECK_INT(t, i, -1);
    block[8999] = 7;
    for (size_t size = 9000; size < 4000000; size *= 3) {
        unsigned char *bigger = realloc(block, size);
        CHECK_REQUIRE(t, bigger != NULL);
        block = bigger;
        CHECK_INT(t, block[8999], 7);
    }
    block = realloc(block, 10);
    free(block);
}

// Called through these, or the compiler assumes that they succeed and leave errno alone.
static void *(*volatile allocate)(size_t) = malloc;
static void *(*volatile allocate_zeroed)(size_t, size_t) = calloc;

static void too_much(struct check *t) {
    errno = 0;
    CHECK(t, allocate(SIZE_MAX / 2) == NULL);
    CHECK_INT(t, errno, ENOMEM);
    errno = 0;
    CHECK(t, allocate_zeroed(SIZE_MAX / 2, 4) == NULL);
    CHECK_INT(t, errno, ENOMEM);
    CHECK(t, reallocarray(NULL, SIZE_MAX / 2, 4) == NULL);
}

static void aligned(struct check *t) {
    for (size_t align = 16; align <= 65536; align *= 2) {
        void *a = aligned_alloc(align, align * 2);
        void *b = NULL;
        CHECK_INT(t, posix_memalign(&b, align, 100), 0);
        CHECK(t, a != NULL && (uintptr_t)a % align == 0);
        CHECK(t, b != NULL && (uintptr_t)b % align == 0);
        free(a);
        free(b);
    }
    void *unchanged = &unchanged;
    CHECK_INT(t, posix_memalign(&unchanged, 3, 10), EINVAL);
}

static int ascending(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int ascending_r(const void *a, const void *b, void *count) {
    ++*(int *)count;
    return ascending(a, b);
}

static void sorting(struct check *t) {
    static int numbers[10000];
    unsigned seed = 1;
    for (int i = 0; i < 10000; ++i)
        numbers[i] = (int)((seed = seed * 1103515245 + 12345) >> 16) % 5000;
    qsort(numbers, 10000, sizeof(int), ascending);
    for (int i = 1; i < 10000; ++i)
        if (numbers[i - 1] > numbers[i])
            CHECK_INT(t, i, -1);
    int *found = bsearch(&numbers[777], numbers, 10000, sizeof(int), ascending);
    CHECK(t, found != NULL && *found == numbers[777]);
    int absent = 6000;
    CHECK(t, bsearch(&absent, numbers, 10000, sizeof(int), ascending) == NULL);
    int few[] = {3, 1, 2}, calls = 0;
    qsort_r(few, 3, sizeof(int), ascending_r, &calls);
    CHECK(t, few[0] == 1 && few[1] == 2 && few[2] == 3 && calls > 0);
}

#define TESTS(X)                                                                                   \
    X(blocks_do_not_overlap)                                                                       \
    X(zeroed_and_resized)                                                                          \
    X(too_much)                                                                                    \
    X(aligned)                                                                                     \
    X(sorting)
CHECK_MAIN(TESTS)
