// SPDX-License-Identifier: BSD-2-Clause
// backtrace() in what the library is given to call: it passes through the library's own frames.

#include "chain.h"

#include <dirent.h>
#include <link.h>
#include <pthread.h>
#include <search.h>
#include <threads.h>

#include "../files.h"

static int numbers[] = {3, 1, 4, 1, 5, 9, 2, 6};
enum { COUNT = sizeof(numbers) / sizeof(numbers[0]) };
static size_t length = COUNT;
static void *tree;
static int dir;

static int compare(const void *a, const void *b) {
    BACKTRACE();
    return *(const int *)a - *(const int *)b;
}

static int compare_with(const void *a, const void *b, void *unused) {
    (void)unused;
    BACKTRACE();
    return *(const int *)a - *(const int *)b;
}

static void nothing(void) {
    BACKTRACE();
}

static void take(void *unused) {
    (void)unused;
    BACKTRACE();
}

static void visit(const void *node, VISIT order, int level) {
    (void)node, (void)order, (void)level;
    BACKTRACE();
}

static int object(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)info, (void)size, (void)unused;
    BACKTRACE();
    return 0;
}

static int entry(const struct dirent *entry) {
    BACKTRACE();
    return entry->d_name[0] != '.';
}

static ssize_t put(void *unused, const char *text, size_t size) {
    (void)unused, (void)text;
    BACKTRACE();
    return (ssize_t)size;
}

static int descriptor(void *unused, size_t fd) {
    (void)unused;
    BACKTRACE();
    return (int)fd;
}

#define WAY(NAME, CALL)                                                                            \
    static void by_##NAME(void) {                                                                  \
        FRAME();                                                                                   \
        CALL;                                                                                      \
        STAY();                                                                                    \
    }

WAY(qsort, qsort(numbers, COUNT, sizeof(int), compare))
WAY(qsort_r, qsort_r(numbers, COUNT, sizeof(int), compare_with, NULL))
WAY(bsearch, bsearch(&(int){4}, numbers, COUNT, sizeof(int), compare))
WAY(lfind, lfind(&(int){4}, numbers, &length, sizeof(int), compare))
WAY(lsearch, lsearch(&(int){4}, numbers, &length, sizeof(int), compare))
WAY(tsearch, tsearch(&numbers[7], &tree, compare))
WAY(tfind, tfind(&numbers[7], &tree, compare))
WAY(twalk, twalk(tree, visit))
WAY(tdelete, tdelete(&numbers[0], &tree, compare))
WAY(tdestroy, tdestroy(tree, take))
WAY(pthread_once, pthread_once(&(pthread_once_t){PTHREAD_ONCE_INIT}, nothing))
WAY(call_once, call_once(&(once_flag){ONCE_FLAG_INIT}, nothing))
WAY(dl_iterate_phdr, dl_iterate_phdr(object, NULL))

static void by_pthread_cleanup_pop(void) {
    FRAME();
    pthread_cleanup_push(take, NULL);
    pthread_cleanup_pop(1);
    STAY();
}

static void by_scandirat(void) {
    FRAME();
    struct dirent **entries;
    int found = scandirat(dir, ".", &entries, entry, NULL);
    for (int i = 0; i < found; ++i)
        free(entries[i]);
    if (found >= 0)
        free(entries);
}

static void by_fclose(void) {
    FRAME();
    FILE *stream = fopencookie(NULL, "w", (cookie_io_functions_t){.write = put});
    if (stream != NULL && fputs("text", stream) >= 0)
        fclose(stream);
    STAY();
}

static void by_argdata_get_fd(void) {
    FRAME();
    static const unsigned char bytes[] = {3, 0, 0, 0, 1};
    argdata_t *value = argdata_from_buffer(bytes, sizeof(bytes), descriptor, NULL);
    int fd;
    if (value != NULL)
        argdata_get_fd(value, &fd);
    argdata_free(value);
}

#define BY(NAME)                                                                                   \
    { #NAME, by_##NAME }
static const struct way {
    const char *name;
    function call;
} ways[] = {BY(qsort),         BY(qsort_r),         BY(bsearch),   BY(lfind),
            BY(lsearch),       BY(tsearch),         BY(tfind),     BY(twalk),
            BY(tdelete),       BY(tdestroy),        BY(call_once), BY(pthread_once),
            BY(scandirat),     BY(dl_iterate_phdr), BY(fclose),    BY(pthread_cleanup_pop),
            BY(argdata_get_fd)};

static void each(struct check *t) {
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); ++i) {
        check_context(t, ways[i].name);
        outer(ways[i].call);
        CHECK(t, seen_through(ways[i].call));
    }
}

// All of them once more, where there is another stack.
static void *in_thread(void *t) {
    each(t);
    return NULL;
}

static void prepare(struct check *t) {
    dir = check_fd(t, "dir");
    make_file(t, dir, "entry", "");
    for (int i = 0; i < COUNT - 1; ++i)
        CHECK(t, tsearch(&numbers[i], &tree, compare) != NULL);
}

static void callbacks(struct check *t) {
    prepare(t);
    each(t);
}

static void callbacks_in_a_thread(struct check *t) {
    tree = NULL;
    prepare(t);
    pthread_t thread;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, in_thread, t) == 0);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
}

#define TESTS(X) X(callbacks) X(callbacks_in_a_thread)
CHECK_MAIN(TESTS)
