// SPDX-License-Identifier: BSD-2-Clause
// <stdarg.h> and <stddef.h>.

#include <stdarg.h>
#include <stddef.h>

#include "check.h"

static long double sum(const char *types, va_list list) {
    long double total = 0;
    for (; *types != '\0'; ++types) {
        switch (*types) {
        case 'i':
            total += va_arg(list, int);
            break;
        case 'j':
            total += va_arg(list, intmax_t);
            break;
        case 'd':
            total += va_arg(list, double);
            break;
        case 'L':
            total += va_arg(list, long double);
            break;
        }
    }
    return total;
}

static long double twice(const char *types, ...) {
    va_list list, copy;
    va_start(list, types);
    int first = va_arg(list, int);
    va_copy(copy, list);
    long double total = first + sum(types, list) + sum(types, copy);
    va_end(copy);
    va_end(list);
    return total;
}

// More of each kind than registers hold.
static void lists(struct check *t) {
    CHECK(t, twice("", 5) == 5);
    CHECK(t, twice("ijdL", 1, 2, INTMAX_C(3), 4.5, 5.25L) == 1 + 2 * 14.75L);
    CHECK(t, twice("iiiiiiiii", 1, 1, 2, 4, 8, 16, 32, 64, 128, 256) == 1 + 2 * 511);
    CHECK(t, twice("dddddddddd", 0, 1., 2., 4., 8., 16., 32., 64., 128., 256., 512.) == 2 * 1023);
    CHECK(t, twice("LiLdL", 0, 0.5L, -1, 1.5L, 2.0, 4.L) == 14);
}

static void offsets(struct check *t) {
    struct parts {
        char c;
        long double l;
        int array[3];
    } parts;
    CHECK_INT(t, offsetof(struct parts, c), 0);
    CHECK_INT(t, offsetof(struct parts, l), (char *)&parts.l - (char *)&parts);
    CHECK_INT(t, offsetof(struct parts, array[2]), (char *)&parts.array[2] - (char *)&parts);
}

#define TESTS(X) X(lists) X(offsets)
CHECK_MAIN(TESTS)
