// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <dirent.h>
#include <sys/stat.h>

#include "../files.h"

static void entries(struct check *t) {
    int base = check_fd(t, "dir");
    make_file(t, base, "file", "");
    DIR *dir = opendirat(base, ".");
    CHECK_REQUIRE(t, dir != NULL);
    struct dirent entry, *result;
    int seen = 0, error;
    while ((error = readdir_r(dir, &entry, &result)) == 0 && result != NULL) {
        CHECK(t, result == &entry);
        seen += strcmp(entry.d_name, "file") == 0 && entry.d_type == DT_REG;
    }
    CHECK_INT(t, error, 0);
    CHECK_INT(t, seen, 1);
    int copy = dup(dirfd(dir));
    rewinddir(dir);
    CHECK_INT(t, close(dirfd(dir)), 0);
    CHECK_INT(t, readdir_r(dir, &entry, &result), EBADF);
    CHECK(t, result == NULL);
    (void)copy;
}

#define TESTS(X) X(entries)
CHECK_MAIN(TESTS)
