// SPDX-License-Identifier: BSD-2-Clause
// Text to numbers and back.

#define _GNU_SOURCE
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static void integers(struct check *t) {
    char *end;
    CHECK_INT(t, strtol("  -0x1fz", &end, 16), -31);
    CHECK_STR(t, end, "z");
    CHECK_INT(t, strtol("077", NULL, 0), 63);
    CHECK_INT(t, strtol("zz", NULL, 36), 35 * 36 + 35);
    errno = 0;
    CHECK_INT(t, strtol("9999999999999999999", NULL, 10), LONG_MAX);
    CHECK_INT(t, errno, ERANGE);
    errno = 0;
    CHECK_INT(t, strtol("-9999999999999999999", NULL, 10), LONG_MIN);
    CHECK_INT(t, errno, ERANGE);
    CHECK(t, strtoul("-1", NULL, 10) == ULONG_MAX);
    CHECK(t, strtoull("18446744073709551615", NULL, 10) == ULLONG_MAX);
    const char *nothing = "x";
    CHECK_INT(t, strtol(nothing, &end, 10), 0);
    CHECK(t, end == nothing);
    CHECK_INT(t, atoi("12abc"), 12);
    CHECK_INT(t, atoll("-5"), -5);
    CHECK_INT(t, strtoimax("-7", NULL, 10), -7);
    CHECK(t, strtoumax("7", NULL, 10) == 7);
}

static void floating_point(struct check *t) {
    char *end;
    CHECK(t, strtod("3.25e-2q", &end) == 0.0325);
    CHECK_STR(t, end, "q");
    CHECK(t, strtod("0x1.8p1", NULL) == 3.0);
    CHECK(t, isinf(strtod("-infinity", NULL)));
    CHECK(t, isnan(strtod("nan(7)", &end)) && *end == '\0');
    CHECK(t, strtod("2.2250738585072011e-308", NULL) == 2.2250738585072011e-308);
    CHECK(t, strtod("9007199254740993", NULL) == 9007199254740992.0);
    errno = 0;
    CHECK(t, strtod("1e400", NULL) == HUGE_VAL);
    CHECK_INT(t, errno, ERANGE);
    CHECK(t, strtof("0.1", NULL) == 0.1f);
    CHECK(t, strtold("0.5", NULL) == 0.5L);
    CHECK(t, atof("2.5") == 2.5);
}

// Printing with 17 digits and reading again gives the same number.
static void round_trips(struct check *t) {
    uint64_t bits = 0x123456789abcdef1;
    for (int i = 0; i < 20000; ++i) {
        bits = bits * 6364136223846793005 + 1442695040888963407;
        double value, again;
        memcpy(&value, &bits, sizeof(value));
        if (!isfinite(value))
            continue;
        char text[40];
        snprintf(text, sizeof(text), "%.17g", value);
        again = strtod(text, NULL);
        if (memcmp(&value, &again, sizeof(value)) != 0) {
            CHECK_STR(t, text, "the same number");
            return;
        }
    }
    CHECK(t, true);
}

static void division_and_absolute_value(struct check *t) {
    CHECK_INT(t, div(-7, 2).quot, -3);
    CHECK_INT(t, div(-7, 2).rem, -1);
    CHECK_INT(t, ldiv(7, -2).quot, -3);
    CHECK_INT(t, lldiv(9, 4).rem, 1);
    CHECK_INT(t, imaxdiv(9, 4).quot, 2);
    CHECK_INT(t, abs(-3), 3);
    CHECK_INT(t, llabs(-3LL), 3);
    CHECK_INT(t, imaxabs(-3), 3);
    CHECK_INT(t, a64l("/."), 1);
}

#define TESTS(X)                                                                                   \
    X(integers)                                                                                    \
    X(floating_point)                                                                              \
    X(round_trips)                                                                                 \
    X(division_and_absolute_value)
CHECK_MAIN(TESTS)
