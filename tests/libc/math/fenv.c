// SPDX-License-Identifier: BSD-2-Clause
// <fenv.h>: exceptions and rounding directions.

#include <fenv.h>
#include <math.h>

#include "check.h"

static void exceptions(struct check *t) {
    volatile double zero = 0, one = 1, three = 3, result;
    CHECK_INT(t, feclearexcept(FE_ALL_EXCEPT), 0);
    CHECK_INT(t, fetestexcept(FE_ALL_EXCEPT), 0);
    result = one / zero;
    CHECK_INT(t, fetestexcept(FE_DIVBYZERO), FE_DIVBYZERO);
    result = one / three;
    CHECK_INT(t, fetestexcept(FE_INEXACT), FE_INEXACT);
    feclearexcept(FE_DIVBYZERO);
    CHECK_INT(t, fetestexcept(FE_DIVBYZERO), 0);
    feraiseexcept(FE_INVALID);
    CHECK_INT(t, fetestexcept(FE_INVALID), FE_INVALID);
    fexcept_t saved;
    fegetexceptflag(&saved, FE_INVALID);
    feclearexcept(FE_ALL_EXCEPT);
    fesetexceptflag(&saved, FE_INVALID);
    CHECK_INT(t, fetestexcept(FE_ALL_EXCEPT), FE_INVALID);
    feclearexcept(FE_ALL_EXCEPT);
    (void)result;
}

static void rounding_directions(struct check *t) {
    volatile double one = 1, three = 3, fraction = 1.1;
    CHECK_INT(t, fegetround(), FE_TONEAREST);
    CHECK_INT(t, fesetround(FE_UPWARD), 0);
    volatile double up = one / three;
    CHECK(t, rint(fraction) == 2);
    fesetround(FE_DOWNWARD);
    volatile double down = one / three;
    CHECK(t, rint(-fraction) == -2);
    CHECK(t, down < up);
    fesetround(FE_TONEAREST);
    CHECK(t, fesetround(-5) != 0);
}

static void environment(struct check *t) {
    fenv_t saved;
    CHECK_INT(t, feholdexcept(&saved), 0);
    feraiseexcept(FE_OVERFLOW);
    fesetround(FE_TOWARDZERO);
    CHECK_INT(t, feupdateenv(&saved), 0);
    CHECK_INT(t, fegetround(), FE_TONEAREST);
    CHECK_INT(t, fetestexcept(FE_OVERFLOW), FE_OVERFLOW);
    fesetenv(FE_DFL_ENV);
    CHECK_INT(t, fetestexcept(FE_ALL_EXCEPT), 0);
}

static void environments(struct check *t) {
    fenv_t environment;
    CHECK_INT(t, fesetround(FE_UPWARD), 0);
    CHECK_INT(t, feclearexcept(FE_ALL_EXCEPT), 0);
    CHECK_INT(t, feraiseexcept(FE_DIVBYZERO), 0);
    CHECK_INT(t, fegetenv(&environment), 0);
    CHECK_INT(t, fesetenv(FE_DFL_ENV), 0);
    CHECK_INT(t, fegetround(), FE_TONEAREST);
    CHECK_INT(t, fetestexcept(FE_ALL_EXCEPT), 0);
    CHECK_INT(t, fesetenv(&environment), 0);
    CHECK_INT(t, fegetround(), FE_UPWARD);
    CHECK_INT(t, fetestexcept(FE_ALL_EXCEPT), FE_DIVBYZERO);
    CHECK_INT(t, fesetenv(FE_DFL_ENV), 0);
}

#define TESTS(X)                                                                                   \
    X(exceptions)                                                                                  \
    X(rounding_directions) X(environments) X(environment)
CHECK_MAIN(TESTS)
