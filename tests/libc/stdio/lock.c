// SPDX-License-Identifier: BSD-2-Clause
// The locks of streams.

#include <pthread.h>

#include "../files.h"

static void *try_lock(void *f) {
    int result = ftrylockfile(f);
    if (result == 0)
        funlockfile(f);
    return (void *)(intptr_t)result;
}

static intptr_t from_other_thread(struct check *t, void *(*function)(void *), FILE *f) {
    pthread_t thread;
    void *result = NULL;
    CHECK_INT(t, pthread_create(&thread, NULL, function, f), 0);
    CHECK_INT(t, pthread_join(thread, &result), 0);
    return (intptr_t)result;
}

static void counted(struct check *t) {
    FILE *f = tmpfile();
    flockfile(f);
    CHECK_INT(t, ftrylockfile(f), 0);
    flockfile(f);
    CHECK_INT(t, fputs("works", f) >= 0, 1);
    CHECK_INT(t, putc_unlocked('!', f), '!');
    CHECK(t, from_other_thread(t, try_lock, f) != 0);
    funlockfile(f);
    funlockfile(f);
    CHECK(t, from_other_thread(t, try_lock, f) != 0);
    funlockfile(f);
    CHECK_INT(t, from_other_thread(t, try_lock, f), 0);
    fclose(f);
}

static void *lock_and_leave(void *f) {
    flockfile(f);
    return NULL;
}

static void released_at_thread_end(struct check *t) {
    FILE *f = tmpfile();
    from_other_thread(t, lock_and_leave, f);
    CHECK_INT(t, ftrylockfile(f), 0);
    funlockfile(f);
    fclose(f);
}

enum { writers = 4, lines = 2000 };

static void *write_lines(void *f) {
    for (int i = 0; i < lines; ++i)
        fprintf(f, "%s\n", "one whole line");
    return NULL;
}

// Several threads contend; no line is torn.
static void contended(struct check *t) {
    FILE *f = tmpfile();
    pthread_t threads[writers];
    for (int i = 0; i < writers; ++i)
        CHECK_INT(t, pthread_create(&threads[i], NULL, write_lines, f), 0);
    for (int i = 0; i < writers; ++i)
        CHECK_INT(t, pthread_join(threads[i], NULL), 0);
    rewind(f);
    char line[64];
    int count = 0;
    while (fgets(line, sizeof(line), f) != NULL && strcmp(line, "one whole line\n") == 0)
        ++count;
    CHECK_INT(t, count, writers * lines);
    fclose(f);
}

static FILE *left, *right;

static void *swap_often(void *unused) {
    for (int i = 0; i < 1000; ++i)
        fswap(unused == left ? left : right, unused == left ? right : left);
    return NULL;
}

static void swapped_both_ways(struct check *t) {
    left = tmpfile();
    right = tmpfile();
    pthread_t threads[2];
    CHECK_INT(t, pthread_create(&threads[0], NULL, swap_often, left), 0);
    CHECK_INT(t, pthread_create(&threads[1], NULL, swap_often, right), 0);
    CHECK_INT(t, pthread_join(threads[0], NULL), 0);
    CHECK_INT(t, pthread_join(threads[1], NULL), 0);
    CHECK_INT(t, fclose(left), 0);
    CHECK_INT(t, fclose(right), 0);
}

#define TESTS(X) X(counted) X(released_at_thread_end) X(contended) X(swapped_both_ways)
CHECK_MAIN(TESTS)
