// SPDX-License-Identifier: BSD-2-Clause
// strverscmp(): a total order.

#define _GNU_SOURCE
#include <string.h>

#include "check.h"

static int sign(int value) {
    return (value > 0) - (value < 0);
}

// In ascending order.
static void order(struct check *t) {
    static const char *const names[] = {"",      "000",   "00",    "01",   "010",    "09",  "0",
                                        "1",     "9",     "10",    "a",    "a00",    "a01", "a0.9a",
                                        "a1.5b", "a1.5c", "a1.15", "a2.0", "a10.11", "b",   "\xff"};
    int count = sizeof(names) / sizeof(names[0]);
    for (int i = 0; i < count; ++i)
        for (int j = 0; j < count; ++j)
            if (sign(strverscmp(names[i], names[j])) != sign(i - j))
                check_fail(t, __FILE__, __LINE__, "\"%s\" and \"%s\"", names[i], names[j]);
}

#define TESTS(X) X(order)
CHECK_MAIN(TESTS)
