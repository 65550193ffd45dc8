// SPDX-License-Identifier: BSD-2-Clause
// Limits: no lower than the standards ask, and kept by those that are limited.

#define _GNU_SOURCE
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/param.h>
#include <sys/select.h>
#include <sys/uio.h>

#include "../files.h"
#include "families.h"

static void as_the_standards_ask(struct check *t) {
    static const struct {
        const char *name;
        long long limit, least;
    } limits[] = {
#define LIMIT(name, least) {#name, name, least},
        // clang-format off
        LIMIT(BC_BASE_MAX, _POSIX2_BC_BASE_MAX) LIMIT(BC_DIM_MAX, _POSIX2_BC_DIM_MAX)
        LIMIT(BC_SCALE_MAX, _POSIX2_BC_SCALE_MAX) LIMIT(BC_STRING_MAX, _POSIX2_BC_STRING_MAX)
        LIMIT(CHARCLASS_NAME_MAX, _POSIX2_CHARCLASS_NAME_MAX)
        LIMIT(COLL_WEIGHTS_MAX, _POSIX2_COLL_WEIGHTS_MAX)
        LIMIT(EXPR_NEST_MAX, _POSIX2_EXPR_NEST_MAX) LIMIT(LINE_MAX, _POSIX2_LINE_MAX)
        LIMIT(RE_DUP_MAX, _POSIX2_RE_DUP_MAX) LIMIT(ARG_MAX, _POSIX_ARG_MAX)
        LIMIT(DELAYTIMER_MAX, _POSIX_DELAYTIMER_MAX) LIMIT(HOST_NAME_MAX, _POSIX_HOST_NAME_MAX)
        LIMIT(LOGIN_NAME_MAX, _POSIX_LOGIN_NAME_MAX) LIMIT(MQ_PRIO_MAX, _POSIX_MQ_PRIO_MAX)
        LIMIT(NAME_MAX, _POSIX_NAME_MAX) LIMIT(NGROUPS_MAX, _POSIX_NGROUPS_MAX)
        LIMIT(PATH_MAX, _POSIX_PATH_MAX) LIMIT(PIPE_BUF, _POSIX_PIPE_BUF)
        LIMIT(RE_DUP_MAX, _POSIX_RE_DUP_MAX) LIMIT(SEM_NSEMS_MAX, _POSIX_SEM_NSEMS_MAX)
        LIMIT(SEM_VALUE_MAX, _POSIX_SEM_VALUE_MAX) LIMIT(SSIZE_MAX, _POSIX_SSIZE_MAX)
        LIMIT(SYMLOOP_MAX, _POSIX_SYMLOOP_MAX) LIMIT(TTY_NAME_MAX, _POSIX_TTY_NAME_MAX)
        LIMIT(TZNAME_MAX, _POSIX_TZNAME_MAX) LIMIT(IOV_MAX, _XOPEN_IOV_MAX)
        LIMIT(NAME_MAX, _XOPEN_NAME_MAX) LIMIT(PATH_MAX, _XOPEN_PATH_MAX)
        // clang-format on
    };
    for (size_t i = 0; i < COUNT(limits); ++i) {
        check_context(t, limits[i].name);
        CHECK(t, limits[i].limit >= limits[i].least && limits[i].least > 0);
    }
}

static void sizes_of_types(struct check *t) {
    CHECK_INT(t, WORD_BIT, sizeof(int) * CHAR_BIT);
    CHECK_INT(t, LONG_BIT, sizeof(long) * CHAR_BIT);
    CHECK_INT(t, SSIZE_MAX, (ssize_t)(SIZE_MAX / 2));
    CHECK(t, UCHAR_MAX == (unsigned char)-1 && USHRT_MAX == (unsigned short)-1);
    CHECK(t, UINT_MAX == (unsigned)-1 && ULONG_MAX == (unsigned long)-1);
    CHECK(t, ULLONG_MAX == (unsigned long long)-1 && LLONG_MAX == (long long)(ULLONG_MAX / 2));
    CHECK(t, SCHAR_MIN == -SCHAR_MAX - 1 && SHRT_MIN == -SHRT_MAX - 1);
    CHECK(t, INT_MIN == -INT_MAX - 1 && LONG_MIN == -LONG_MAX - 1);
    CHECK(t, LLONG_MIN == -LLONG_MAX - 1);
    CHECK(t, CHAR_MIN == (char)-1 > 0 ? 0 : SCHAR_MIN);
    CHECK(t, CHAR_MAX - CHAR_MIN == UCHAR_MAX);
}

static void names_of_files(struct check *t) {
    int dir = check_fd(t, "dir");
    char name[NAME_MAX + 2];
    memset(name, 'n', sizeof(name));
    name[NAME_MAX + 1] = '\0';
    CHECK_INT(t, ERROR(openat(dir, name, O_WRONLY | O_CREAT)), ENAMETOOLONG);
    name[NAME_MAX] = '\0';
    make_file(t, dir, name, "text");
    CHECK_INT(t, unlinkat(dir, name, 0), 0);
    CHECK(t, FILENAME_MAX >= NAME_MAX && MAXNAMLEN == NAME_MAX && MAXPATHLEN == PATH_MAX);
}

static void vectors(struct check *t) {
    static struct iovec pieces[IOV_MAX + 1];
    char byte = 'x';
    for (size_t i = 0; i < COUNT(pieces); ++i)
        pieces[i] = (struct iovec){&byte, 1};
    int dir = check_fd(t, "dir"), fd = openat(dir, "file", O_RDWR | O_CREAT | O_TRUNC);
    CHECK_INT(t, writev(fd, pieces, IOV_MAX), IOV_MAX);
    CHECK_INT(t, ERROR(writev(fd, pieces, IOV_MAX + 1)), EINVAL);
    CHECK_INT(t, close(fd), 0);
    CHECK_INT(t, UIO_MAXIOV, IOV_MAX);
}

static void sets_of_descriptors(struct check *t) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(FD_SETSIZE - 1, &set);
    CHECK(t, FD_ISSET(FD_SETSIZE - 1, &set) && !FD_ISSET(0, &set));
    CHECK_INT(t, FD_SETSIZE, sizeof(set) * CHAR_BIT);
    CHECK_INT(t, NFDBITS, sizeof(fd_mask) * CHAR_BIT);
    CHECK_INT(t, getdtablesize(), FD_SETSIZE);
}

static void small_arithmetic(struct check *t) {
    char bits[2] = {0, 0};
    setbit(bits, 9);
    CHECK(t, isset(bits, 9) && isclr(bits, 8) && bits[1] == 2);
    clrbit(bits, 9);
    CHECK(t, isclr(bits, 9));
    CHECK(t, MIN(2, 3) == 2 && MAX(2, 3) == 3 && howmany(9, NBBY) == 2 && roundup(9, 8) == 16);
    CHECK(t, powerof2(64) && !powerof2(65));
}

#define TESTS(X)                                                                                   \
    X(as_the_standards_ask)                                                                        \
    X(sizes_of_types) X(names_of_files) X(vectors) X(sets_of_descriptors) X(small_arithmetic)
CHECK_MAIN(TESTS)
