// SPDX-License-Identifier: BSD-2-Clause
// The allocator under several threads, and its less common ways in.

#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "check.h"

enum { THREADS = 4, BLOCKS = 64, ROUNDS = 20000 };

// Blocks of every size, filled with a byte of the thread's own, come and go; one that another
// thread was given as well would show its byte.
static void *come_and_go(void *argument) {
    unsigned seed = (unsigned)(uintptr_t)argument;
    unsigned char own = (unsigned char)seed, *blocks[BLOCKS] = {NULL};
    size_t sizes[BLOCKS] = {0};
    for (int i = 0; i < ROUNDS; ++i) {
        int which = rand_r(&seed) % BLOCKS;
        for (size_t k = 0; k < sizes[which]; k += 1 + sizes[which] / 8)
            if (blocks[which][k] != own)
                return "a block has changed";
        size_t size = (size_t)rand_r(&seed) % (i % 100 == 0 ? 300000 : 700);
        if (i % 3 == 0) {
            free(blocks[which]);
            blocks[which] = NULL;
            sizes[which] = 0;
            continue;
        }
        unsigned char *block = realloc(blocks[which], size + 1);
        if (block == NULL)
            return "no memory";
        blocks[which] = memset(block, own, size + 1);
        sizes[which] = size + 1;
    }
    for (int i = 0; i < BLOCKS; ++i)
        free(blocks[i]);
    return NULL;
}

static void by_threads(struct check *t) {
    pthread_t threads[THREADS];
    for (intptr_t i = 0; i < THREADS; ++i)
        CHECK_REQUIRE(t, pthread_create(&threads[i], NULL, come_and_go, (void *)(i + 1)) == 0);
    for (int i = 0; i < THREADS; ++i) {
        void *wrong = "nothing ran";
        CHECK_INT(t, pthread_join(threads[i], &wrong), 0);
        if (wrong != NULL)
            check_fail(t, __FILE__, __LINE__, "%s", (const char *)wrong);
    }
}

static void *fill(void *block) {
    memset(block, 1, 1000);
    return block;
}

// Memory outlives the thread that got it and may be freed by another.
static void from_one_to_another(struct check *t) {
    pthread_t thread;
    void *block = malloc(1000), *same = NULL;
    CHECK_REQUIRE(t, block != NULL);
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, fill, block) == 0);
    CHECK_INT(t, pthread_join(thread, &same), 0);
    CHECK(t, same == block);
    free(same);
}

static void aligned(struct check *t) {
    void *block = memalign(1024, 100);
    CHECK(t, block != NULL && (uintptr_t)block % 1024 == 0);
    CHECK(t, malloc_usable_size(block) >= 100);
    free(block);
    block = valloc(100);
    CHECK(t, block != NULL && (uintptr_t)block % 4096 == 0);
    free(block);
    CHECK_INT(t, posix_memalign(&block, 24, 100), EINVAL);
    CHECK_INT(t, posix_memalign(&block, 1 << 16, 100), 0);
    CHECK(t, (uintptr_t)block % (1 << 16) == 0);
    free(block);
    CHECK_INT(t, malloc_usable_size(NULL), 0);
}

#define TESTS(X)                                                                                   \
    X(by_threads)                                                                                  \
    X(from_one_to_another)                                                                         \
    X(aligned)
CHECK_MAIN(TESTS)
