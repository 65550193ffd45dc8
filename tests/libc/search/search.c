// SPDX-License-Identifier: BSD-2-Clause
// <search.h>: hash tables, trees, queues, linear search.

#define _GNU_SOURCE
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static int compare(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static int visited, last;

static void visit(const void *node, VISIT order, int depth) {
    (void)depth;
    if (order != postorder && order != leaf)
        return;
    int value = **(int *const *)node;
    visited += value > last;
    last = value;
}

// The keys are not allocated.
static void keep(void *key) {
    (void)key;
}

static void trees(struct check *t) {
    static int numbers[100];
    void *root = NULL;
    for (int i = 0; i < 100; ++i) {
        numbers[i] = i * 37 % 101 + 1;
        CHECK(t, tsearch(&numbers[i], &root, compare) != NULL);
    }
    int key = numbers[50];
    int **found = tfind(&key, &root, compare);
    CHECK(t, found != NULL && **found == key);
    CHECK(t, tdelete(&key, &root, compare) != NULL);
    CHECK(t, tfind(&key, &root, compare) == NULL);
    visited = last = 0;
    twalk(root, visit);
    CHECK_INT(t, visited, 99);
    tdestroy(root, keep);
}

static void hash_tables(struct check *t) {
    struct hsearch_data table = {0};
    CHECK_REQUIRE(t, hcreate_r(50, &table));
    ENTRY *found;
    for (int i = 0; i < 40; ++i) {
        char *key = malloc(8);
        snprintf(key, 8, "k%d", i);
        CHECK(t, hsearch_r((ENTRY){key, (void *)(long)i}, ENTER, &found, &table));
    }
    CHECK(t, hsearch_r((ENTRY){"k17", NULL}, FIND, &found, &table));
    CHECK_INT(t, (long)found->data, 17);
    CHECK(t, !hsearch_r((ENTRY){"none", NULL}, FIND, &found, &table));
    hdestroy_r(&table);
}

static void queues_and_arrays(struct check *t) {
    struct element {
        struct element *next, *previous;
    } a, b;
    insque(&a, NULL);
    insque(&b, &a);
    CHECK(t, a.next == &b && b.previous == &a && b.next == NULL);
    remque(&b);
    CHECK(t, a.next == NULL);
    int array[4] = {5, 6}, key = 7;
    size_t count = 2;
    CHECK(t, lfind(&key, array, &count, sizeof(int), compare) == NULL);
    CHECK(t, lsearch(&key, array, &count, sizeof(int), compare) == &array[2]);
    CHECK_INT(t, count, 3);
}

#define TESTS(X)                                                                                   \
    X(trees)                                                                                       \
    X(hash_tables)                                                                                 \
    X(queues_and_arrays)
CHECK_MAIN(TESTS)
