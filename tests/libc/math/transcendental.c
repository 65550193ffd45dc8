// SPDX-License-Identifier: BSD-2-Clause
// Functions whose values are irrational, in the three precisions, at arguments that each of them
// represents exactly. The values are from another implementation.

#define _GNU_SOURCE
#include <float.h>
#include <math.h>

#include "check.h"

// Within some units in the last place of a precision.
static void check_near(struct check *t, const char *name, long double actual, long double expected,
                       long double epsilon) {
    if (!(fabsl(actual - expected) <= 4 * epsilon * fabsl(expected)))
        check_fail(t, __FILE__, __LINE__, "%s: %.20Lg, not %.20Lg", name, actual, expected);
}

// FUNCTION, ARGUMENT, VALUE
#define UNARY(X)                                                                                   \
    X(acos, 0.5, 1.04719755119659774613L)                                                          \
    X(acos, -0.75, 2.41885840577637762738L)                                                        \
    X(acosh, 1.5, 0.962423650119206895053L)                                                        \
    X(acosh, 1000.5, 7.6014020848334524715L)                                                       \
    X(asin, 0.25, 0.252680255142078653488L)                                                        \
    X(asin, -0.875, -1.06543581651073931223L)                                                      \
    X(asinh, 0.5, 0.481211825059603447499L)                                                        \
    X(asinh, -40.25, -4.38841146375120936445L)                                                     \
    X(atan, 0.75, 0.643501108793284386797L)                                                        \
    X(atan, -100.5, -1.56084640640209144978L)                                                      \
    X(atanh, 0.375, 0.394228680182135084739L)                                                      \
    X(atanh, -0.9375, -1.71699360224257312299L)                                                    \
    X(cbrt, 2.0, 1.25992104989487316475L)                                                          \
    X(cbrt, -0.125, -0.5L)                                                                         \
    X(cos, 1.0, 0.540302305868139717414L)                                                          \
    X(cos, 1048577.0, 0.231841463516241251015L)                                                    \
    X(cosh, 0.5, 1.12762596520638078525L)                                                          \
    X(cosh, -9.75, 8577.11443379282438837L)                                                        \
    X(erf, 0.5, 0.520499877813046537656L)                                                          \
    X(erf, -1.75, -0.986671671219182443754L)                                                       \
    X(erfc, 0.5, 0.479500122186953462317L)                                                         \
    X(erfc, 4.25, 1.85057413738674252003e-09L)                                                     \
    X(exp, 1.0, 2.71828182845904523543L)                                                           \
    X(exp, -20.5, 1.25015286638674262888e-09L)                                                     \
    X(exp10, 0.5, 3.16227766016837933197L)                                                         \
    X(exp10, -3.25, 0.000562341325190349080384L)                                                   \
    X(exp2, 0.5, 1.41421356237309504876L)                                                          \
    X(exp2, -7.75, 0.00464534029297937916675L)                                                     \
    X(expm1, 0.015625, 0.0157477085866857474585L)                                                  \
    X(expm1, -3.5, -0.969802616577681499241L)                                                      \
    X(lgamma, 0.25, 1.28802252469807745742L)                                                       \
    X(lgamma, 10.5, 13.9406252194037636339L)                                                       \
    X(log, 2.0, 0.693147180559945309429L)                                                          \
    X(log, 0.0009765625, -6.93147180559945309429L)                                                 \
    X(log10, 2.0, 0.301029995663981195226L)                                                        \
    X(log10, 12345.0, 4.09149109426795108213L)                                                     \
    X(log1p, 0.015625, 0.0155041865359652541509L)                                                  \
    X(log1p, 6.5, 2.01490302054226475665L)                                                         \
    X(log2, 3.0, 1.58496250072115618147L)                                                          \
    X(log2, 0.1875, -2.41503749927884381853L)                                                      \
    X(sin, 1.0, 0.841470984807896506665L)                                                          \
    X(sin, -1048577.0, -0.972753584313441312808L)                                                  \
    X(sinh, 0.5, 0.52109530549374736164L)                                                          \
    X(sinh, -9.75, -8577.11437549816065751L)                                                       \
    X(sqrt, 2.0, 1.41421356237309504876L)                                                          \
    X(sqrt, 0.1875, 0.433012701892219323393L)                                                      \
    X(tan, 1.0, 1.55740772465490223057L)                                                           \
    X(tan, -1000.5, -10.2492607868373132507L)                                                      \
    X(tanh, 0.25, 0.244918662403709129269L)                                                        \
    X(tanh, -2.5, -0.986614298151430288908L)                                                       \
    X(tgamma, 0.5, 1.77245385090551602731L)                                                        \
    X(tgamma, 5.75, 78.784481061323213151L)                                                        \
    X(tgamma, -2.5, -0.945308720482941881207L)

#define CHECK_UNARY(function, x, value)                                                            \
    check_near(t, #function "f(" #x ")", function##f(x), value, FLT_EPSILON);                      \
    check_near(t, #function "(" #x ")", function(x), value, DBL_EPSILON);                          \
    check_near(t, #function "l(" #x ")", function##l(x), value, LDBL_EPSILON);

static void of_one_argument(struct check *t) {
    UNARY(CHECK_UNARY)
}

#define BINARY(X)                                                                                  \
    X(atan2, 1.0, 2.0, 0.463647609000806116202L)                                                   \
    X(atan2, -3.5, -0.25, -1.64210379158018694571L)                                                \
    X(hypot, 1.5, 2.25, 2.70416345659799196985L)                                                   \
    X(hypot, -100.0, 0.5, 100.001249992187597658L)                                                 \
    X(pow, 2.0, 0.5, 1.41421356237309504876L)                                                      \
    X(pow, 0.75, -12.25, 33.9234117301992820839L)                                                  \
    X(pow, -1.5, 7.0, -17.0859375L)

#define CHECK_BINARY(function, x, y, value)                                                        \
    check_near(t, #function "f(" #x ", " #y ")", function##f(x, y), value, FLT_EPSILON);           \
    check_near(t, #function "(" #x ", " #y ")", function(x, y), value, DBL_EPSILON);               \
    check_near(t, #function "l(" #x ", " #y ")", function##l(x, y), value, LDBL_EPSILON);

static void of_two_arguments(struct check *t) {
    BINARY(CHECK_BINARY)
}

static void older_names(struct check *t) {
    check_near(t, "pow10f", pow10f(0.5), exp10l(0.5L), FLT_EPSILON);
    check_near(t, "pow10", pow10(-3.25), exp10l(-3.25L), DBL_EPSILON);
    check_near(t, "pow10l", pow10l(2.75L), exp10l(2.75L), LDBL_EPSILON);
}

static void sine_and_cosine_at_once(struct check *t) {
    float sine_f, cosine_f;
    sincosf(1, &sine_f, &cosine_f);
    CHECK(t, sine_f == sinf(1) && cosine_f == cosf(1));
    double sine, cosine;
    sincos(-1048577, &sine, &cosine);
    CHECK(t, sine == sin(-1048577) && cosine == cos(-1048577));
    long double sine_l, cosine_l;
    sincosl(2.5L, &sine_l, &cosine_l);
    CHECK(t, sine_l == sinl(2.5L) && cosine_l == cosl(2.5L));
}

static void logarithm_of_gamma_and_sign(struct check *t) {
    int sign = 0;
    check_near(t, "lgammaf_r", lgammaf_r(-0.5f, &sign), 1.26551212348464539657L, FLT_EPSILON);
    CHECK_INT(t, sign, -1);
    check_near(t, "lgamma_r", lgamma_r(-1.5, &sign), 0.860047015376481014477L, DBL_EPSILON);
    CHECK_INT(t, sign, 1);
    check_near(t, "lgammal_r", lgammal_r(-0.5L, &sign), 1.26551212348464539657L, LDBL_EPSILON);
    CHECK_INT(t, sign, -1);
}

// Their error is relative to the largest value, and they exist in two precisions.
#define BESSEL(X)                                                                                  \
    X(j0, 0.5, 0.93846980724081286)                                                                \
    X(j0, 12.25, 0.10093061051051511)                                                              \
    X(j1, 0.5, 0.2422684576748739)                                                                 \
    X(j1, -12.25, 0.200357198755855)                                                               \
    X(y0, 0.5, -0.44451873350670656)                                                               \
    X(y0, 12.25, -0.20430162610894734)                                                             \
    X(y1, 0.5, -1.4714723926702431)                                                                \
    X(y1, 12.25, -0.10933907409580199)

#define CHECK_BESSEL(function, x, value)                                                           \
    CHECK(t, fabs(function(x) - (value)) < 1e-15);                                                 \
    CHECK(t, fabsf(function##f(x) - (float)(value)) < 3e-7f);

static void bessel(struct check *t) {
    BESSEL(CHECK_BESSEL)
    CHECK(t, fabs(jn(3, 2.5) - 0.21660039103911352) < 1e-15);
    CHECK(t, fabsf(jnf(-2, 0.75f) - 0.067073997299650551f) < 1e-7f);
    CHECK(t, fabs(yn(3, 2.5) - -0.75605549675367101) < 2e-15);
    CHECK(t, fabsf(ynf(2, 0.75f) - -2.6297460326656554f) < 1e-6f);
    CHECK(t, isinf(y0(0)) && y1f(0) < 0);
}

#define TESTS(X)                                                                                   \
    X(of_one_argument)                                                                             \
    X(of_two_arguments)                                                                            \
    X(older_names) X(sine_and_cosine_at_once) X(logarithm_of_gamma_and_sign) X(bessel)
CHECK_MAIN(TESTS)
