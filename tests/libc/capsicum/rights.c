// SPDX-License-Identifier: BSD-2-Clause
// Rights as sets, and as those of a descriptor.

#include <errno.h>
#include <fcntl.h>
#include <sys/capsicum.h>
#include <unistd.h>

#include "check.h"

static void sets(struct check *t) {
    cap_rights_t some, more;
    CHECK(t, cap_rights_init(&some) == &some);
    CHECK(t, !cap_rights_is_set(&some, CAP_READ));
    cap_rights_init(&some, CAP_READ, CAP_WRITE);
    CHECK(t, cap_rights_is_set(&some, CAP_READ));
    CHECK(t, cap_rights_is_set(&some, CAP_READ | CAP_WRITE));
    CHECK(t, cap_rights_is_set(&some, CAP_READ, CAP_WRITE));
    CHECK(t, !cap_rights_is_set(&some, CAP_READ, CAP_SEEK));
    CHECK(t, !cap_rights_is_set(&some, CAP_PREAD));
    cap_rights_init(&more, CAP_PREAD);
    CHECK(t, !cap_rights_contains(&some, &more));
    cap_rights_set(&some, CAP_SEEK, 0);
    CHECK(t, cap_rights_contains(&some, &more));
    cap_rights_clear(&some, CAP_WRITE);
    CHECK(t, cap_rights_contains(&more, &some));
    cap_rights_init(&some, CAP_FSYNC);
    CHECK(t, cap_rights_merge(&some, &more) == &some);
    CHECK(t, cap_rights_is_set(&some, CAP_FDATASYNC, CAP_PREAD));
    CHECK(t, cap_rights_remove(&some, &more) == &some);
    CHECK(t, cap_rights_is_set(&some, CAP_FSYNC));
    CHECK(t, !cap_rights_is_set(&some, CAP_READ));
    CAP_ALL(&some);
    CHECK(t, cap_rights_is_set(&some, CAP_SHUTDOWN, CAP_FEXECVE, CAP_ACCEPT));
    CAP_NONE(&some);
    CHECK(t, !cap_rights_is_set(&some, CAP_EVENT));
}

static void of_a_file(struct check *t) {
    int fd = dup(check_fd(t, "in"));
    CHECK_REQUIRE(t, fd >= 0);
    cap_rights_t rights, wanted;
    char text[5];
    CHECK_INT(t, cap_rights_get(fd, &rights), 0);
    CHECK(t, cap_rights_is_set(&rights, CAP_READ, CAP_SEEK, CAP_FSTAT));
    CHECK(t, !cap_rights_is_set(&rights, CAP_WRITE));
    CHECK_INT(t, cap_rights_limit(fd, cap_rights_init(&wanted, CAP_READ)), 0);
    CHECK_INT(t, read(fd, text, 5), 5);
    CHECK_INT(t, pread(fd, text, 5, 0), -1);
    CHECK_INT(t, errno, ENOTCAPABLE);
    // What was given up cannot be had again.
    CHECK_INT(t, cap_rights_limit(fd, &rights), -1);
    CHECK_INT(t, errno, ENOTCAPABLE);
    CHECK_INT(t, cap_rights_limit(fd, cap_rights_init(&wanted)), 0);
    CHECK_INT(t, read(fd, text, 5), -1);
    CHECK_INT(t, errno, ENOTCAPABLE);
    CHECK_INT(t, close(fd), 0);
    CHECK_INT(t, cap_rights_get(fd, &rights), -1);
    CHECK_INT(t, errno, EBADF);
    CHECK_INT(t, cap_rights_limit(fd, &rights), -1);
    CHECK_INT(t, errno, EBADF);
}

static void of_a_directory(struct check *t) {
    int dir = dup(check_fd(t, "dir"));
    CHECK_REQUIRE(t, dir >= 0);
    cap_rights_t base, inheriting, narrow;
    CHECK_INT(t, cap_rights_get_explicit(dir, &base, &inheriting), 0);
    CHECK(t, cap_rights_is_set(&base, CAP_LOOKUP, CAP_CREATE, CAP_UNLINKAT));
    CHECK(t, cap_rights_is_set(&inheriting, CAP_READ, CAP_WRITE));
    // Neither set may grow.
    cap_rights_init(&narrow, CAP_SHUTDOWN);
    cap_rights_merge(&narrow, &base);
    CHECK_INT(t, cap_rights_limit_explicit(dir, &narrow, &inheriting), -1);
    CHECK_INT(t, errno, ENOTCAPABLE);
    cap_rights_init(&narrow, CAP_SHUTDOWN);
    CHECK_INT(t, cap_rights_limit_explicit(dir, &base, &narrow), -1);
    CHECK_INT(t, errno, ENOTCAPABLE);

    int file = openat(dir, "file", O_WRONLY | O_CREAT, 0666);
    CHECK(t, file >= 0);
    CHECK_INT(t, close(file), 0);
    cap_rights_clear(&inheriting, CAP_WRITE);
    CHECK_INT(t, cap_rights_limit_explicit(dir, &base, &inheriting), 0);
    CHECK_INT(t, openat(dir, "file", O_WRONLY), -1);
    CHECK_INT(t, errno, ENOTCAPABLE);
    // The shorter form narrows both.
    CHECK_INT(t, cap_rights_limit(dir, cap_rights_init(&narrow, CAP_LOOKUP)), 0);
    CHECK_INT(t, cap_rights_get_explicit(dir, NULL, &inheriting), 0);
    CHECK(t, cap_rights_contains(&narrow, &inheriting));
    CHECK_INT(t, openat(dir, "file", O_RDONLY), -1);
    CHECK_INT(t, close(dir), 0);
}

static void capability_mode(struct check *t) {
    unsigned mode = 0;
    CHECK(t, cap_sandboxed());
    CHECK_INT(t, cap_getmode(&mode), 0);
    CHECK_INT(t, mode, 1);
    CHECK_INT(t, cap_enter(), 0);
}

#define TESTS(X)                                                                                   \
    X(sets)                                                                                        \
    X(of_a_file)                                                                                   \
    X(of_a_directory)                                                                              \
    X(capability_mode)
CHECK_MAIN(TESTS)
