// SPDX-License-Identifier: BSD-2-Clause
// Checks for test programs that run on the host and on CloudABI from one source:
//
//     #include "check.h"
//
//     static void adds(struct check *t) {
//         CHECK(t, 1 + 1 == 2);
//         CHECK_INT(t, 1 + 1, 2);
//     }
//
//     #define TESTS(X) X(adds)
//     CHECK_MAIN(TESTS)
//
// A test that the list forgets is an unused function, which the compiler reports.
//
// Each test yields one line `ok NAME`, `ok NAME # SKIP reason` or `not ok NAME`, the latter after a
// line `# FILE:LINE: ...` for each failed check. The last line counts. Exit status: 0 if all
// tests passed or were skipped, else 1.
//
// On CloudABI the argument data is a map with the stream for these lines as descriptor `out`, and
// what else the tests ask for. On the host the lines go to standard output, and `NAME=VALUE`
// operands take the map's place; a descriptor is given there as a path.

#ifndef CHECK_H
#define CHECK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __CloudABI__
#include <argdata.h>
#include <program.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

struct check {
    FILE *out;
    const void *grants;  // for check_fd() and check_str()
    const char *context; // of the current test, set by check_context()
    const char *skip;    // reason
    bool failed;         // the current test
    int passed, failures, skipped;
};

struct check_test {
    const char *name;
    void (*run)(struct check *t);
};

// Fails the test unless the condition holds. All these macros are expressions that tell whether
// it did, and none ends the test.
#define CHECK(t, condition)                                                                        \
    ((condition) ? true : check_fail(t, __FILE__, __LINE__, "%s", #condition))

#define CHECK_INT(t, actual, expected)                                                             \
    check_int(t, __FILE__, __LINE__, #actual, (intmax_t)(actual), (intmax_t)(expected))

#define CHECK_STR(t, actual, expected)                                                             \
    check_str_equal(t, __FILE__, __LINE__, #actual, actual, expected)

// Fails the test and leaves the function unless the condition holds.
#define CHECK_REQUIRE(t, condition)                                                                \
    do {                                                                                           \
        if (!CHECK(t, condition))                                                                  \
            return;                                                                                \
    } while (0)

// Leaves the function; the test counts as skipped if it has not failed before.
#define CHECK_SKIP(t, reason)                                                                      \
    do {                                                                                           \
        (t)->skip = (reason);                                                                      \
        return;                                                                                    \
    } while (0)

__attribute__((format(printf, 4, 5))) static inline bool
check_fail(struct check *t, const char *file, int line, const char *format, ...) {
    t->failed = true;
    fprintf(t->out, "# %s:%d: ", file, line);
    if (t->context != NULL)
        fprintf(t->out, "%s: ", t->context);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(t->out, format, arguments);
    va_end(arguments);
    fputc('\n', t->out);
    return false;
}

static inline bool check_int(struct check *t, const char *file, int line, const char *what,
                             intmax_t actual, intmax_t expected) {
    return actual == expected ||
           check_fail(t, file, line, "%s is %jd, not %jd", what, actual, expected);
}

static inline bool check_str_equal(struct check *t, const char *file, int line, const char *what,
                                   const char *actual, const char *expected) {
    if (actual == NULL)
        return check_fail(t, file, line, "%s is NULL, not \"%s\"", what, expected);
    return strcmp(actual, expected) == 0 ||
           check_fail(t, file, line, "%s is \"%s\", not \"%s\"", what, actual, expected);
}

// Names the case at hand in the lines of failed checks, until the test ends or NULL is set.
static inline void check_context(struct check *t, const char *context) {
    t->context = context;
}

// Looks for what is granted under a name; leaves alone what it does not find.
static inline void check_find(const struct check *t, const char *name, int *fd, const char **str) {
#ifdef __CloudABI__
    argdata_map_iterator_t it;
    argdata_map_iterate((const argdata_t *)t->grants, &it);
    const argdata_t *key, *value;
    for (; argdata_map_get(&it, &key, &value); argdata_map_next(&it)) {
        const char *text;
        if (argdata_get_str_c(key, &text) == 0 && strcmp(text, name) == 0) {
            (void)argdata_get_fd(value, fd);
            (void)argdata_get_str_c(value, str);
        }
    }
#else
    size_t length = strlen(name);
    for (char *const *operand = (char *const *)t->grants; *operand != NULL; ++operand) {
        if (strncmp(*operand, name, length) != 0 || (*operand)[length] != '=')
            continue;
        *str = *operand + length + 1;
        *fd = open(*str, O_RDWR);
        if (*fd < 0)
            *fd = open(*str, O_RDONLY);
    }
#endif
}

// The descriptor granted under a name. If there is none, the test fails, with -1.
static inline int check_fd(struct check *t, const char *name) {
    int fd = -1;
    const char *str = NULL;
    check_find(t, name, &fd, &str);
    if (fd < 0)
        check_fail(t, __FILE__, __LINE__, "no descriptor is granted as \"%s\"", name);
    return fd;
}

// The string granted under a name. If there is none, the test fails, with NULL.
static inline const char *check_str(struct check *t, const char *name) {
    int fd = -1;
    const char *str = NULL;
    check_find(t, name, &fd, &str);
    if (str == NULL)
        check_fail(t, __FILE__, __LINE__, "no string is granted as \"%s\"", name);
    return str;
}

// Runs all tests, returns the exit status. A program without tests is a failure.
static inline int check_main(struct check *t, const struct check_test *tests, size_t count) {
    for (size_t i = 0; i < count; ++i) {
        t->context = t->skip = NULL;
        t->failed = false;
        tests[i].run(t);
        if (t->failed) {
            ++t->failures;
            fprintf(t->out, "not ok %s\n", tests[i].name);
        } else if (t->skip != NULL) {
            ++t->skipped;
            fprintf(t->out, "ok %s # SKIP %s\n", tests[i].name, t->skip);
        } else {
            ++t->passed;
            fprintf(t->out, "ok %s\n", tests[i].name);
        }
        fflush(t->out);
    }
    fprintf(t->out, "%d passed, %d failed, %d skipped\n", t->passed, t->failures, t->skipped);
    bool written = fflush(t->out) == 0 && !ferror(t->out);
    return count > 0 && t->failures == 0 && written ? 0 : 1;
}

#define CHECK_ENTRY(test) {#test, test},

#ifdef __CloudABI__
#define CHECK_MAIN(LIST)                                                                           \
    void program_main(const argdata_t *ad) {                                                       \
        static const struct check_test tests[] = {LIST(CHECK_ENTRY)};                              \
        struct check t = {.grants = ad};                                                           \
        int fd = -1;                                                                               \
        const char *str;                                                                           \
        check_find(&t, "out", &fd, &str);                                                          \
        t.out = fd < 0 ? NULL : fdopen(fd, "w");                                                   \
        exit(t.out == NULL ? 1 : check_main(&t, tests, sizeof(tests) / sizeof(tests[0])));         \
    }
#else
#define CHECK_MAIN(LIST)                                                                           \
    int main(int argc, char **argv) {                                                              \
        static const struct check_test tests[] = {LIST(CHECK_ENTRY)};                              \
        struct check t = {.out = stdout, .grants = argv + (argc > 0)};                             \
        return check_main(&t, tests, sizeof(tests) / sizeof(tests[0]));                            \
    }
#endif

#endif
