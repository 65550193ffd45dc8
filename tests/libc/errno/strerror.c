// SPDX-License-Identifier: BSD-2-Clause
// Error numbers are the ABI's, and each has a text of its own.

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "check.h"

static void numbers_are_the_abi_s(struct check *t) {
    CHECK_INT(t, E2BIG, 1);
    CHECK_INT(t, EBADF, 8);
    CHECK_INT(t, EINVAL, 28);
    CHECK_INT(t, ENOENT, 44);
    CHECK_INT(t, ENOSYS, 52);
    CHECK_INT(t, EXDEV, 75);
    CHECK_INT(t, ENOTCAPABLE, 76);
    CHECK_INT(t, EWOULDBLOCK, EAGAIN);
    CHECK_INT(t, EOPNOTSUPP, ENOTSUP);
}

static void each_has_its_own_text(struct check *t) {
    const char *unknown = strerror(1000);
    for (int a = 1; a <= ENOTCAPABLE; ++a) {
        CHECK(t, strlen(strerror(a)) > 3);
        CHECK(t, strcmp(strerror(a), unknown) != 0);
        for (int b = 1; b < a; ++b)
            CHECK(t, strcmp(strerror(a), strerror(b)) != 0);
    }
}

static void into_a_buffer(struct check *t) {
    char text[100];
    CHECK_INT(t, strerror_r(ENOENT, text, sizeof(text)), 0);
    CHECK_STR(t, text, strerror(ENOENT));
    CHECK_INT(t, strerror_r(ENOENT, text, 4), ERANGE);
    CHECK_INT(t, strlen(text), 3);
    locale_t locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    CHECK_STR(t, strerror_l(EPERM, locale), strerror(EPERM));
    freelocale(locale);
}

#define TESTS(X)                                                                                   \
    X(numbers_are_the_abi_s)                                                                       \
    X(each_has_its_own_text)                                                                       \
    X(into_a_buffer)
CHECK_MAIN(TESTS)
