// SPDX-License-Identifier: BSD-2-Clause
// Real and complex numbers: the limits are the compiler's, the rest agrees with the functions.
#include <complex.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <values.h>

#include "distinct.h"

#define LIMITS(type)                                                                               \
    CHECK(t, type##_DIG == __##type##_DIG__ && type##_DECIMAL_DIG == __##type##_DECIMAL_DIG__);    \
    CHECK(t, type##_MANT_DIG == __##type##_MANT_DIG__ && type##_EPSILON == __##type##_EPSILON__);  \
    CHECK(t, type##_MAX == __##type##_MAX__ && type##_MIN == __##type##_MIN__);                    \
    CHECK(t, type##_MAX_EXP == __##type##_MAX_EXP__ && type##_MIN_EXP == __##type##_MIN_EXP__);    \
    CHECK_INT(t, type##_MAX_10_EXP, __##type##_MAX_10_EXP__);                                      \
    CHECK_INT(t, type##_MIN_10_EXP, __##type##_MIN_10_EXP__);                                      \
    CHECK(t, type##_TRUE_MIN == __##type##_DENORM_MIN__);                                          \
    CHECK_INT(t, type##_HAS_SUBNORM, __##type##_HAS_DENORM__);

static void limits(struct check *t) {
    LIMITS(FLT)
    LIMITS(DBL)
    LIMITS(LDBL)
    CHECK_INT(t, FLT_RADIX, __FLT_RADIX__);
    CHECK_INT(t, FLT_EVAL_METHOD, __FLT_EVAL_METHOD__);
    CHECK_INT(t, DECIMAL_DIG, LDBL_DECIMAL_DIG);
    CHECK(t, MAXDOUBLE == DBL_MAX && MAXFLOAT == FLT_MAX);
    CHECK(t, MINDOUBLE == DBL_MIN && MINFLOAT == FLT_MIN);
    CHECK(t, DMAXEXP == DBL_MAX_EXP && DMINEXP == DBL_MIN_EXP);
    CHECK(t, FMAXEXP == FLT_MAX_EXP && FMINEXP == FLT_MIN_EXP);
}

static void classes(struct check *t) {
    DISTINCT(t, NAMED(FP_NAN), NAMED(FP_INFINITE), NAMED(FP_ZERO), NAMED(FP_SUBNORMAL),
             NAMED(FP_NORMAL));
    CHECK_INT(t, fpclassify(NAN), FP_NAN);
    CHECK_INT(t, fpclassify(INFINITY), FP_INFINITE);
    CHECK_INT(t, fpclassify(0.0), FP_ZERO);
    CHECK_INT(t, fpclassify(DBL_TRUE_MIN), FP_SUBNORMAL);
    CHECK_INT(t, fpclassify(1.0), FP_NORMAL);
    CHECK(t, HUGE_VAL == INFINITY && HUGE_VALF == INFINITY && HUGE_VALL == INFINITY);
    CHECK_INT(t, ilogb(0.0), FP_ILOGB0);
    CHECK_INT(t, ilogb(NAN), FP_ILOGBNAN);
    DISTINCT(t, NAMED(MATH_ERRNO), NAMED(MATH_ERREXCEPT));
    CHECK_INT(t, math_errhandling & MATH_ERREXCEPT, MATH_ERREXCEPT);
}

static void numbers(struct check *t) {
    volatile double one = 1;
    const double near = 4 * DBL_EPSILON;
    CHECK(t, fabs(exp(one) - M_E) < near && fabs(acos(-one) - M_PI) < near);
    CHECK(t, M_PI_2 == M_PI / 2 && M_PI_4 == M_PI / 4);
    CHECK(t, fabs(M_1_PI * M_PI - 1) < near && fabs(M_2_PI * M_PI_2 - 1) < near);
    CHECK(t, fabs(M_2_SQRTPI * sqrt(M_PI) - 2) < near);
    CHECK(t, fabs(log(2 * one) - M_LN2) < near && fabs(log(10 * one) - M_LN10) < near);
    CHECK(t, fabs(log2(M_E) - M_LOG2E) < near && fabs(log10(M_E) - M_LOG10E) < near);
    CHECK(t, sqrt(2 * one) == M_SQRT2 && fabs(M_SQRT1_2 * M_SQRT2 - 1) < near);
}

static void exceptions(struct check *t) {
    static const int all[] = {FE_INVALID, FE_DIVBYZERO, FE_OVERFLOW, FE_UNDERFLOW, FE_INEXACT};
    FLAGS(t, NAMED(FE_INVALID), NAMED(FE_DIVBYZERO), NAMED(FE_OVERFLOW), NAMED(FE_UNDERFLOW),
          NAMED(FE_INEXACT));
    int together = 0;
    for (size_t i = 0; i < 5; ++i) {
        together |= all[i];
        CHECK_INT(t, feclearexcept(FE_ALL_EXCEPT), 0);
        CHECK_INT(t, feraiseexcept(all[i]), 0);
        CHECK_INT(t, fetestexcept(all[i]), all[i]);
    }
    CHECK_INT(t, together & FE_ALL_EXCEPT, together);
    CHECK_INT(t, fesetenv(FE_DFL_ENV), 0);
    CHECK_INT(t, fetestexcept(FE_ALL_EXCEPT), 0);
}

static void rounding(struct check *t) {
    static const struct {
        int direction, rounds;
    } all[] = {{FE_TONEAREST, 1}, {FE_UPWARD, 2}, {FE_DOWNWARD, 3}, {FE_TOWARDZERO, 0}};
    DISTINCT(t, NAMED(FE_TONEAREST), NAMED(FE_UPWARD), NAMED(FE_DOWNWARD), NAMED(FE_TOWARDZERO));
    for (size_t i = 0; i < 4; ++i) {
        int set = fesetround(all[i].direction), got = fegetround(), rounds = FLT_ROUNDS;
        fesetround(FE_TONEAREST);
        CHECK_INT(t, set, 0);
        CHECK_INT(t, got, all[i].direction);
        CHECK_INT(t, rounds, all[i].rounds);
    }
}

static void imaginary(struct check *t) {
    double complex z = CMPLX(3, -0.0);
    CHECK(t, creal(z) == 3 && signbit(cimag(z)));
    CHECK(t, cimagf(CMPLXF(1, 2)) == 2 && creall(CMPLXL(1, 2)) == 1);
    CHECK(t, cimag(I) == 1 && creal(I) == 0 && creal(I * I) == -1);
}

#define TESTS(X) X(limits) X(classes) X(numbers) X(exceptions) X(rounding) X(imaginary)
CHECK_MAIN(TESTS)
