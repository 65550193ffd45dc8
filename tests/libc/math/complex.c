// SPDX-License-Identifier: BSD-2-Clause
// <complex.h>, and the compiler's own multiplication and division.

#include <complex.h>
#include <math.h>

#include "check.h"

static bool near(double complex a, double complex b) {
    return cabs(a - b) < 1e-13;
}

static void identities(struct check *t) {
    static const double parts[] = {-1.5, -0.3, 0.2, 0.8, 2};
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 5; ++j) {
            double complex z = parts[i] + parts[j] * I;
            CHECK(t, near(cexp(clog(z)), z));
            CHECK(t, near(csqrt(z) * csqrt(z), z));
            CHECK(t, near(csin(casin(z)), z));
            CHECK(t, near(ccos(cacos(z)), z));
            CHECK(t, near(ctan(catan(z)), z));
            CHECK(t, near(csinh(casinh(z)), z));
            CHECK(t, near(ccosh(cacosh(z)), z));
            CHECK(t, near(ctanh(catanh(z)), z));
            CHECK(t, near(cpow(z, 3), z * z * z));
            CHECK(t, near(z * conj(z), creal(z) * creal(z) + cimag(z) * cimag(z)));
            CHECK(t, near(z / z, 1));
            CHECK(t, near(cabs(z) * cexp(I * carg(z)), z));
        }
    }
}

static void parts(struct check *t) {
    double complex z = 3 - 4 * I;
    CHECK(t, cabs(z) == 5 && creal(z) == 3 && cimag(z) == -4);
    CHECK(t, cabsf(3 + 4 * I) == 5);
    CHECK(t, isinf(creal(cproj(INFINITY + 1 * I))));
    CHECK(t, fabsl(cargl(-1 + 0 * I) - 3.14159265358979323846L) < 1e-15L);
    double complex overflowing = (double complex)(INFINITY + 0 * I) * (1 + 1 * I);
    CHECK(t, isinf(creal(overflowing)) || isinf(cimag(overflowing)));
}

#define TESTS(X)                                                                                   \
    X(identities)                                                                                  \
    X(parts)
CHECK_MAIN(TESTS)
