// SPDX-License-Identifier: BSD-2-Clause
// <stdlib.h>: parts of options, numbers of other types, memory of the calling function.

#define _GNU_SOURCE
#include <alloca.h>
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "check.h"

static void suboptions(struct check *t) {
    char *const names[] = {"ro", "size", NULL};
    char text[] = "size=10,ro,other=x,size", *next = text, *value;
    CHECK_INT(t, getsubopt(&next, names, &value), 1);
    CHECK_STR(t, value, "10");
    CHECK_INT(t, getsubopt(&next, names, &value), 0);
    CHECK(t, value == NULL);
    CHECK_INT(t, getsubopt(&next, names, &value), -1);
    CHECK_INT(t, getsubopt(&next, names, &value), 1);
    CHECK(t, value == NULL && *next == '\0');
}

static void integers(struct check *t) {
    CHECK_INT(t, atol(" -9223372036854775807x"), -LONG_MAX);
    CHECK_INT(t, labs(-LONG_MAX), LONG_MAX);
    CHECK_INT(t, labs(5), 5);
    char *end;
    CHECK_INT(t, strtoll("-0x8000000000000000,", &end, 0), LLONG_MIN);
    CHECK_STR(t, end, ",");
    errno = 0;
    CHECK_INT(t, strtoll("9223372036854775808", &end, 10), LLONG_MAX);
    CHECK_INT(t, errno, ERANGE);
    CHECK_STR(t, end, "");
}

static void fractions(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    char *end;
    CHECK(t, strtof_l("0.1x", &end, locale) == 0.1f && *end == 'x');
    CHECK(t, strtold_l("0.1y", &end, locale) == 0.1L && *end == 'y');
    CHECK(t, strtold_l("0x1p-16400", NULL, locale) == 0x1p-16400L);
    errno = 0;
    CHECK(t, strtof_l("-1e40", NULL, locale) == -HUGE_VALF && errno == ERANGE);
    freelocale(locale);
}

// The compiler takes it from the unsafe stack; it lasts until the function returns.
__attribute__((noinline)) static unsigned fill(size_t size) {
    unsigned char *first = alloca(size), *second = alloca(size);
    unsigned sum = 0;
    for (size_t i = 0; i < size; ++i) {
        first[i] = 1;
        second[i] = 2;
    }
    for (size_t i = 0; i < size; ++i)
        sum += first[i] + 4 * second[i];
    return (uintptr_t)first % 16 == 0 ? sum : 0;
}

static void memory_of_the_function(struct check *t) {
    for (size_t i = 0; i < 100000; ++i)
        if (!CHECK_INT(t, fill(i % 1000), i % 1000 * 9))
            return;
}

#define TESTS(X) X(suboptions) X(integers) X(fractions) X(memory_of_the_function)
CHECK_MAIN(TESTS)
