// SPDX-License-Identifier: BSD-2-Clause
// basename() and dirname().

#define _GNU_SOURCE
#include <string.h>

#include <libgen.h> // after <string.h>, for POSIX's basename()

#include "check.h"

static void parts_of_paths(struct check *t) {
    static const struct {
        const char *path, *directory, *name;
    } cases[] = {
        {"usr/lib", "usr", "lib"},
        {"/usr/", "/", "usr"},
        {"usr", ".", "usr"},
        {"/", "/", "/"},
        {"//usr//lib//", "//usr", "lib"},
        {".", ".", "."},
        {"..", ".", ".."},
        {"", ".", "."},
        {"a/..", "a", ".."},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        char path[32];
        check_context(t, cases[i].path);
        strlcpy(path, cases[i].path, sizeof(path));
        CHECK_STR(t, dirname(path), cases[i].directory);
        strlcpy(path, cases[i].path, sizeof(path));
        CHECK_STR(t, basename(path), cases[i].name);
    }
    CHECK_STR(t, dirname(NULL), ".");
    CHECK_STR(t, basename(NULL), ".");
}

#define TESTS(X) X(parts_of_paths)
CHECK_MAIN(TESTS)
