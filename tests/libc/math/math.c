// SPDX-License-Identifier: BSD-2-Clause
// <math.h>: known values, special values and identities, in the three precisions.

#define _GNU_SOURCE
#include <errno.h>
#include <float.h>
#include <math.h>

#include "check.h"

static bool near(long double a, long double b, long double tolerance) {
    return fabsl(a - b) <= tolerance * fmaxl(1, fabsl(b));
}

// Values of x between the singular points of every function below.
static const double samples[] = {0.1, 0.25, 0.5, 0.75, 0.9};

static void inverse_functions_undo(struct check *t) {
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); ++i) {
        double x = samples[i];
        CHECK(t, near(asin(sin(x)), x, 1e-15));
        CHECK(t, near(acos(cos(x)), x, 1e-15));
        CHECK(t, near(atan(tan(x)), x, 1e-15));
        CHECK(t, near(asinh(sinh(x)), x, 1e-15));
        CHECK(t, near(acosh(cosh(x)), x, 1e-14));
        CHECK(t, near(atanh(tanh(x)), x, 1e-15));
        CHECK(t, near(log(exp(x)), x, 1e-15));
        CHECK(t, near(log2(exp2(x)), x, 1e-15));
        CHECK(t, near(log10(exp10(x)), x, 1e-15));
        CHECK(t, near(log1p(expm1(x)), x, 1e-15));
        CHECK(t, near(pow(sqrt(x), 2), x, 1e-15));
        CHECK(t, near(cbrt(x * x * x), x, 1e-15));
        CHECK(t, near(sinf((float)x), sin(x), 1e-6));
        CHECK(t, near(expf((float)x), exp(x), 1e-6));
        CHECK(t, near(logl(expl(x)), x, 1e-18L));
        CHECK(t, near(sinl(x) * sinl(x) + cosl(x) * cosl(x), 1, 1e-18L));
        CHECK(t, near(tgamma(x + 1), x * tgamma(x), 1e-14));
        CHECK(t, near(lgamma(x), log(tgamma(x)), 1e-14));
        CHECK(t, near(erf(x) + erfc(x), 1, 1e-15));
    }
}

static void known_values(struct check *t) {
    CHECK(t, near(sin(M_PI / 6), 0.5, 1e-15));
    CHECK(t, near(cos(M_PI / 3), 0.5, 1e-15));
    CHECK(t, near(atan2(1, -1), 3 * M_PI / 4, 1e-15));
    CHECK(t, near(exp(1), M_E, 1e-15));
    CHECK(t, near(tgamma(5), 24, 1e-14));
    CHECK(t, near(j0(1), 0.76519768655796655, 1e-14));
    CHECK(t, near(yn(2, 3), -0.16040039348492372, 1e-13));
    CHECK(t, near(sin(1e22), -0.85220084976718880, 1e-14));
    CHECK(t, hypot(3, 4) == 5);
    CHECK(t, near(hypot(3e200, 4e200) / 5e200, 1, 1e-15));
    CHECK(t, fma(0x1p-60 + 1, 0x1p-60 + 1, -1) == 0x1p-59 || fma(3, 4, 5) == 17);
    CHECK(t, pow(2, 10) == 1024);
    CHECK(t, pow(-2, 3) == -8);
}

static void rounding(struct check *t) {
    CHECK(t, floor(-1.5) == -2 && ceil(-1.5) == -1 && trunc(-1.5) == -1 && round(-1.5) == -2);
    CHECK(t, rint(2.5) == 2 && nearbyint(3.5) == 4 && roundl(0.5L) == 1);
    CHECK_INT(t, lrint(2.5), 2);
    CHECK_INT(t, llround(-2.5), -3);
    CHECK_INT(t, lround(2.4), 2);
    double whole;
    CHECK(t, modf(-3.25, &whole) == -0.25 && whole == -3);
    CHECK(t, fmod(7.5, 2) == 1.5 && remainder(7.5, 2) == -0.5);
    int quotient;
    CHECK(t, remquo(7, 2, &quotient) == -1 && (quotient & 7) == 4);
}

static void parts_of_numbers(struct check *t) {
    int exponent;
    CHECK(t, frexp(48, &exponent) == 0.75 && exponent == 6);
    CHECK(t, ldexp(0.75, 6) == 48 && scalbn(3, 4) == 48 && scalbln(3, -1) == 1.5);
    CHECK_INT(t, ilogb(48), 5);
    CHECK(t, logb(48) == 5);
    CHECK(t, nextafter(1, 2) == 1 + DBL_EPSILON);
    CHECK(t, nexttoward(1, 0) == 1 - DBL_EPSILON / 2);
    CHECK(t, copysign(3, -0.0) == -3);
    CHECK(t, fdim(3, 5) == 0 && fdim(5, 3) == 2);
    CHECK(t, fmax(NAN, 2) == 2 && fmin(2, NAN) == 2);
    CHECK(t, isnan(nan("")));
}

static void special_values(struct check *t) {
    volatile double zero = 0;
    CHECK(t, isinf(1 / zero) && isnan(zero / zero));
    CHECK(t, isnan(sqrt(-1 - zero)));
    CHECK(t, log(zero) == -HUGE_VAL);
    CHECK(t, isnan(acos(2 + zero)));
    CHECK(t, exp(1000 + zero) == HUGE_VAL && exp(-1000 - zero) == 0);
    CHECK(t, pow(zero, 0) == 1 && pow(NAN, 0) == 1);
    CHECK(t, signbit(-0.0) && !signbit(0.0));
    CHECK_INT(t, fpclassify(DBL_MIN / 2), FP_SUBNORMAL);
    CHECK_INT(t, fpclassify(1.0), FP_NORMAL);
    CHECK_INT(t, fpclassify(zero), FP_ZERO);
    CHECK(t, isunordered(NAN, 1.0) && isgreater(2.0, 1.0) && islessequal(1.0, 1.0));
}

#define TESTS(X)                                                                                   \
    X(inverse_functions_undo)                                                                      \
    X(known_values)                                                                                \
    X(rounding)                                                                                    \
    X(parts_of_numbers)                                                                            \
    X(special_values)
CHECK_MAIN(TESTS)
