// SPDX-License-Identifier: BSD-2-Clause
// backtrace(): the chain of calls, through frames of several shapes, and in a thread.

#define _GNU_SOURCE
#include <execinfo.h>
#include <pthread.h>

#include "../files.h"

enum { MOST = 64 };
static void *found[MOST], *expected[MOST];
static int depth, count;

// Each function below notes where it will be returned to, so the answer is known independently.
#define FRAME() (expected[depth++] = __builtin_return_address(0))

__attribute__((noinline)) static void innermost(int size) {
    FRAME();
    count = backtrace(found, size);
    __asm__ volatile("");
}

__attribute__((noinline)) static void large_frame(void) {
    volatile char room[5000];
    room[0] = room[4999] = 1;
    FRAME();
    innermost(MOST);
    room[1] = room[0];
}

__attribute__((noinline)) static void variable_frame(volatile size_t size) {
    volatile char room[size];
    room[0] = room[size - 1] = 1;
    FRAME();
    large_frame();
    room[1] = room[0];
}

__attribute__((noinline)) static void recursive(volatile int times, double number) {
    FRAME();
    if (times > 0)
        recursive(times - 1, number * times);
    else
        variable_frame((size_t)number % 100 + 10);
    __asm__ volatile("");
}

static void check_chain(struct check *t, int least) {
    // The first is in innermost(); the ones after it are where each function returns to.
    CHECK(t, count > depth && depth == least);
    CHECK(t, (char *)found[0] > (char *)innermost && (char *)found[0] < (char *)innermost + 500);
    for (int i = 0; i < depth && i + 1 < count; ++i)
        CHECK(t, found[i + 1] == expected[depth - 1 - i]);
}

static void chain(struct check *t) {
    depth = 0;
    recursive(10, 1.5);
    check_chain(t, 14);
}

static void no_more_than_asked_for(struct check *t) {
    depth = 0;
    found[1] = NULL;
    innermost(1);
    CHECK_INT(t, count, 1);
    CHECK(t, found[1] == NULL);
    innermost(0);
    CHECK_INT(t, count, 0);
    innermost(-1);
    CHECK_INT(t, count, 0);
}

static void *in_thread(void *unused) {
    depth = 0;
    recursive(3, 2.5);
    return unused;
}

static void threads(struct check *t) {
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, in_thread, NULL) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    check_chain(t, 7);
}

static void text(struct check *t) {
    static char object;
    extern const char first_byte[] __asm__("__ehdr_start") __attribute__((visibility("hidden")));
    char local, expected_text[32];
    void *addresses[] = {(void *)(uintptr_t)text, &object, &local};
    char **texts = backtrace_symbols(addresses, 3);
    CHECK_REQUIRE(t, texts != NULL);
    snprintf(expected_text, sizeof(expected_text), "+0x%tx", (char *)text - first_byte);
    CHECK_STR(t, texts[0], expected_text);
    CHECK(t, strncmp(texts[1], "+0x", 3) == 0);
    CHECK_STR(t, texts[2], "?");
    char lines[80];
    snprintf(lines, sizeof(lines), "%s\n%s\n%s\n", texts[0], texts[1], texts[2]);
    int dir = check_fd(t, "dir"), fd = openat(dir, "trace", O_WRONLY | O_CREAT);
    backtrace_symbols_fd(addresses, 3, fd);
    CHECK_INT(t, close(fd), 0);
    check_file(t, dir, "trace", lines);
    free(texts);
}

#define TESTS(X) X(chain) X(no_more_than_asked_for) X(threads) X(text)
CHECK_MAIN(TESTS)
