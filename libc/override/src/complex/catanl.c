// SPDX-License-Identifier: BSD-2-Clause
// musl's rounds its result to float, which catanhl() shares.

#include <complex.h>
#include <math.h>

long double complex catanl(long double complex z) {
    long double x = creall(z), y = cimagl(z);
    long double below = x * x + (y - 1) * (y - 1);
    long double real = atan2l(2 * x, (1 - y) * (1 + y) - x * x) / 2;
    return CMPLXL(real, log1pl(4 * y / below) / 4);
}
