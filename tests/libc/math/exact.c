// SPDX-License-Identifier: BSD-2-Clause
// Functions with exact results, in the three precisions.

#define _GNU_SOURCE
#include <float.h>
#include <limits.h>
#include <math.h>

#include "check.h"

// Equal, with the same sign of zero; all values that are not numbers are equal.
static bool same(long double a, long double b) {
    return isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);
}

#define CHECK_ALL(expected, function, ...)                                                         \
    CHECK(t, same(function##f(__VA_ARGS__), expected));                                            \
    CHECK(t, same(function(__VA_ARGS__), expected));                                               \
    CHECK(t, same(function##l(__VA_ARGS__), expected));

static void rounding(struct check *t) {
    static const struct {
        float x, ceil, floor, trunc, round, rint;
    } cases[] = {
        {2.5f, 3, 2, 2, 3, 2},
        {3.5f, 4, 3, 3, 4, 4},
        {-2.5f, -2, -3, -2, -3, -2},
        {-0.25f, -0.0f, -1, -0.0f, -0.0f, -0.0f},
        {0.75f, 1, 0, 0, 1, 1},
        {0x1p60f, 0x1p60f, 0x1p60f, 0x1p60f, 0x1p60f, 0x1p60f},
        {-0.0f, -0.0f, -0.0f, -0.0f, -0.0f, -0.0f},
        {INFINITY, INFINITY, INFINITY, INFINITY, INFINITY, INFINITY},
        {NAN, NAN, NAN, NAN, NAN, NAN},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        float x = cases[i].x;
        CHECK_ALL(cases[i].ceil, ceil, x)
        CHECK_ALL(cases[i].floor, floor, x)
        CHECK_ALL(cases[i].trunc, trunc, x)
        CHECK_ALL(cases[i].round, round, x)
        CHECK_ALL(cases[i].rint, rint, x)
        CHECK_ALL(cases[i].rint, nearbyint, x)
    }
}

static void rounding_to_integers(struct check *t) {
    static const struct {
        float x;
        long round, rint;
    } cases[] = {{2.5f, 3, 2}, {-3.5f, -4, -4}, {0.25f, 0, 0}, {-8388609, -8388609, -8388609}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        float x = cases[i].x;
        CHECK_ALL(cases[i].round, lround, x)
        CHECK_ALL(cases[i].round, llround, x)
        CHECK_ALL(cases[i].rint, lrint, x)
        CHECK_ALL(cases[i].rint, llrint, x)
    }
    CHECK_INT(t, llroundl(9223372036854775806.5L), LLONG_MAX);
    CHECK_INT(t, llrintl(-9223372036854775807.0L), -LLONG_MAX);
}

static void remainders(struct check *t) {
    CHECK_ALL(1.5, fmod, 7.5, 2)
    CHECK_ALL(-1.5, fmod, -7.5, 2)
    CHECK_ALL(NAN, fmod, 1, 0)
    CHECK_ALL(-0.5, remainder, 7.5, 2)
    CHECK_ALL(1.0, remainder, 5, -2)
    CHECK(t, drem(7.5, 2) == -0.5 && dremf(5, 2) == 1);
    int quotient = 0;
    CHECK_ALL(-1, remquo, 7, 2, &quotient)
    CHECK_INT(t, quotient & 7, 4);
    float whole_f;
    double whole;
    long double whole_l;
    CHECK(t, modff(-3.25f, &whole_f) == -0.25f && whole_f == -3);
    CHECK(t, modf(3.75, &whole) == 0.75 && whole == 3);
    CHECK(t, modfl(-INFINITY, &whole_l) == 0 && whole_l == -INFINITY);
}

static void choosing(struct check *t) {
    CHECK_ALL(2, fmax, -3, 2)
    CHECK_ALL(2, fmax, NAN, 2)
    CHECK_ALL(-3, fmin, -3, 2)
    CHECK_ALL(-3, fmin, -3, NAN)
    CHECK_ALL(2, fdim, 5, 3)
    CHECK_ALL(0, fdim, 3, 5)
    CHECK_ALL(NAN, fdim, 3, NAN)
    CHECK_ALL(3.5, fabs, -3.5)
    CHECK_ALL(0, fabs, -0.0)
    CHECK_ALL(-3.5, copysign, 3.5, -0.0)
    CHECK_ALL(INFINITY, copysign, -INFINITY, 1)
    CHECK_ALL(17, fma, 3, 4, 5)
}

static void one_rounding_only(struct check *t) {
    CHECK(t, fmaf(1 + 0x1p-20f, 1 - 0x1p-20f, -1) == -0x1p-40f);
    CHECK(t, fma(1 + 0x1p-40, 1 - 0x1p-40, -1) == -0x1p-80);
    CHECK(t, fmal(1 + 0x1p-50L, 1 - 0x1p-50L, -1) == -0x1p-100L);
}

static void parts(struct check *t) {
    int exponent = 0;
    CHECK_ALL(0.75, frexp, 48, &exponent)
    CHECK_INT(t, exponent, 6);
    CHECK_ALL(-0.5, frexp, -0x1p-100, &exponent)
    CHECK_INT(t, exponent, -99);
    CHECK_ALL(48, ldexp, 0.75, 6)
    CHECK_ALL(48, scalbn, 3, 4)
    CHECK_ALL(1.5, scalbln, 3, -1)
    CHECK_ALL(INFINITY, scalbn, 1, 20000)
    CHECK_ALL(0, scalbln, 1, -40000L)
    CHECK(t, scalb(3, 4) == 48 && scalbf(3, -1) == 1.5f);
    CHECK(t, isnan(scalb(3, 0.5)));
    CHECK(t, significand(48) == 1.5 && significandf(-0.375f) == -1.5f);
    CHECK_ALL(5, logb, 48)
    CHECK_ALL(-INFINITY, logb, 0)
    CHECK_ALL(-3, ilogb, 0.1875)
    CHECK_ALL(FP_ILOGB0, ilogb, 0)
    CHECK_ALL(INT_MAX, ilogb, INFINITY)
    CHECK_INT(t, ilogbl(LDBL_TRUE_MIN), LDBL_MIN_EXP - LDBL_MANT_DIG);
}

static void neighbours(struct check *t) {
    CHECK(t, nextafterf(1, 2) == 1 + FLT_EPSILON && nextafterf(0, -1) == -FLT_TRUE_MIN);
    CHECK(t, nextafter(1, 0) == 1 - DBL_EPSILON / 2 && nextafter(DBL_MAX, INFINITY) == INFINITY);
    CHECK(t, nextafterl(1, 2) == 1 + LDBL_EPSILON && nextafterl(2, 2) == 2);
    CHECK(t, nexttowardf(1, 1 + LDBL_EPSILON) == 1 + FLT_EPSILON);
    CHECK(t, nexttoward(1, 1 + LDBL_EPSILON) == 1 + DBL_EPSILON);
    CHECK(t, nexttowardl(1, 0) == 1 - LDBL_EPSILON / 2);
}

static void classes(struct check *t) {
    CHECK(t, isnan(nanf("1")) && isnan(nan("")) && isnan(nanl("7")));
    CHECK(t, finite(1) && !finite(INFINITY) && finitef(-1) && !finitef(NAN));
    CHECK(t, isfinite(DBL_MAX) && !isfinite(-INFINITY) && !isfinite(NAN));
    CHECK(t, isnormal(1.0) && !isnormal(0.0) && !isnormal(DBL_MIN / 2) && !isnormal(INFINITY));
    CHECK(t, isgreaterequal(2.0, 2.0) && !isgreaterequal(1.0, NAN));
    CHECK(t, isless(1.0, 2.0) && !isless(2.0, 2.0) && !isless(NAN, 2.0));
    CHECK(t, islessgreater(1.0, 2.0) && !islessgreater(2.0, 2.0) && !islessgreater(NAN, 2.0));
}

#define TESTS(X)                                                                                   \
    X(rounding)                                                                                    \
    X(rounding_to_integers)                                                                        \
    X(remainders) X(choosing) X(one_rounding_only) X(parts) X(neighbours) X(classes)
CHECK_MAIN(TESTS)
