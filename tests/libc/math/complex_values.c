// SPDX-License-Identifier: BSD-2-Clause
// Functions of complex numbers, in the three precisions. The values are from another
// implementation. In long double, musl offers the accuracy of double.

#define _GNU_SOURCE
#include <complex.h>
#include <float.h>
#include <math.h>

#include "check.h"

// Within some units in the last place of the larger part.
static void check_near(struct check *t, const char *name, long double complex actual,
                       long double complex expected, long double epsilon) {
    if (!(cabsl(actual - expected) <= 8 * epsilon * cabsl(expected)))
        check_fail(t, __FILE__, __LINE__, "%s: %.20Lg + %.20Lgi, not %.20Lg + %.20Lgi", name,
                   creall(actual), cimagl(actual), creall(expected), cimagl(expected));
}

// FUNCTION, ARGUMENT, VALUE
#define VALUES(X)                                                                                  \
    X(cacos, 0.5, 0.75, 1.17251845325658827471L, -0.7433204263252784663L)                          \
    X(cacos, -1.25, 2.5, 2.0102759031456161993L, -1.74054514984003794219L)                         \
    X(cacosh, 0.5, 0.75, 0.7433204263252784663L, 1.17251845325658827471L)                          \
    X(cacosh, -1.25, 2.5, 1.74054514984003794219L, 2.0102759031456161993L)                         \
    X(casin, 0.5, 0.75, 0.398277873538308344493L, 0.7433204263252784663L)                          \
    X(casin, -1.25, 2.5, -0.439479576350719580149L, 1.74054514984003794219L)                       \
    X(casinh, 0.5, 0.75, 0.606334999887351308459L, 0.682203965583432314027L)                       \
    X(casinh, -1.25, 2.5, -1.70234973402431062541L, 1.08004153750097978311L)                       \
    X(catan, 0.5, 0.75, 0.692724188399600927161L, 0.590213500279505364886L)                        \
    X(catan, -1.25, 2.5, -1.39493915890689671973L, 0.321822209336110391881L)                       \
    X(catanh, 0.5, 0.75, 0.31042828307719575533L, 0.723220666124067592122L)                        \
    X(catanh, -1.25, 2.5, -0.145844128606141574002L, 1.25422310214722433706L)                      \
    X(ccos, 0.5, 0.75, 1.13619147380334809124L, -0.394239642111583306583L)                         \
    X(ccos, -1.25, 2.5, 1.9336480056192063506L, 5.74155099646300460256L)                           \
    X(ccosh, 0.5, 0.75, 0.825071366994607263516L, 0.355198757890738464106L)                        \
    X(ccosh, -1.25, 2.5, -1.51289873263393477186L, -0.958703946668673175795L)                      \
    X(cexp, 0.5, 0.75, 1.20635100164678541336L, 1.12383232258413121897L)                           \
    X(cexp, -1.25, 2.5, -0.229531488828112479415L, 0.171465140072986471797L)                       \
    X(clog, 0.5, 0.75, -0.103819682389122250812L, 0.98279372324732906796L)                         \
    X(clog, -1.25, 2.5, 1.02786250753125994316L, 2.03444393579570273543L)                          \
    X(csin, 0.5, 0.75, 0.620704231078054945636L, 0.721650824297564544275L)                         \
    X(csin, -1.25, 2.5, -5.8194483976369090184L, 1.90776476993590620509L)                          \
    X(csinh, 0.5, 0.75, 0.381279634652178149812L, 0.768633564693392754865L)                        \
    X(csinh, -1.25, 2.5, 1.28336724380582229246L, 1.13016908674165964758L)                         \
    X(csqrt, 0.5, 0.75, 0.837074614017770020206L, 0.447988738064919062368L)                        \
    X(csqrt, -1.25, 2.5, 0.878943960635357321215L, 1.42216120251445776821L)                        \
    X(ctan, 0.5, 0.75, 0.290893461829618098403L, 0.736084170551190969313L)                         \
    X(ctan, -1.25, 2.5, -0.00815259347763362246966L, 1.01082166736715047895L)                      \
    X(ctanh, 0.5, 0.75, 0.728211801280472388414L, 0.618096394806202169031L)                        \
    X(ctanh, -1.25, 2.5, -0.942994086742408415039L, -0.149459398186437275889L)

#define CHECK_VALUE(function, x, y, real, imaginary)                                               \
    check_near(t, #function "f", function##f(CMPLXF(x, y)), CMPLXL(real, imaginary), FLT_EPSILON); \
    check_near(t, #function, function(CMPLX(x, y)), CMPLXL(real, imaginary), DBL_EPSILON);         \
    check_near(t, #function "l", function##l(CMPLXL(x, y)), CMPLXL(real, imaginary), DBL_EPSILON);

static void known_values(struct check *t) {
    VALUES(CHECK_VALUE)
}

static void powers(struct check *t) {
    const long double complex value = CMPLXL(0.077237615055917793912L, 1.0914106773549658644L);
    check_near(t, "cpowf", cpowf(CMPLXF(0.5, 0.75), CMPLXF(1.5, -0.25)), value, FLT_EPSILON);
    check_near(t, "cpow", cpow(CMPLX(0.5, 0.75), CMPLX(1.5, -0.25)), value, DBL_EPSILON);
    check_near(t, "cpowl", cpowl(CMPLXL(0.5, 0.75), CMPLXL(1.5, -0.25)), value, DBL_EPSILON);
}

static void parts(struct check *t) {
    CHECK(t, (crealf)(CMPLXF(3, -4)) == 3 && (cimagf)(CMPLXF(3, -4)) == -4);
    CHECK(t, (creal)(CMPLX(3, -4)) == 3 && (cimag)(CMPLX(3, -4)) == -4);
    CHECK(t, (creall)(CMPLXL(3, -4)) == 3 && (cimagl)(CMPLXL(3, -4)) == -4);
    CHECK(t, cabsf(CMPLXF(3, -4)) == 5 && cabs(CMPLX(3, -4)) == 5 && cabsl(CMPLXL(3, -4)) == 5);
    CHECK(t, conjf(CMPLXF(3, -4)) == CMPLXF(3, 4) && conj(CMPLX(3, 4)) == CMPLX(3, -4));
    CHECK(t, conjl(CMPLXL(3, -4)) == CMPLXL(3, 4));
    check_near(t, "cargf", cargf(CMPLXF(0.5, 0.75)), 0.98279372324732906796L, FLT_EPSILON);
    check_near(t, "carg", carg(CMPLX(0.5, 0.75)), 0.98279372324732906796L, DBL_EPSILON);
    check_near(t, "cargl", cargl(CMPLXL(0.5, 0.75)), 0.98279372324732906796L, LDBL_EPSILON);
}

static void one_infinity(struct check *t) {
    CHECK(t, cprojf(CMPLXF(3, -4)) == CMPLXF(3, -4) && cproj(CMPLX(3, 4)) == CMPLX(3, 4));
    CHECK(t, cprojl(CMPLXL(3, -4)) == CMPLXL(3, -4));
    float complex f = cprojf(CMPLXF(-INFINITY, -4));
    CHECK(t, crealf(f) == INFINITY && cimagf(f) == 0 && signbit(cimagf(f)));
    double complex d = cproj(CMPLX(NAN, INFINITY));
    CHECK(t, creal(d) == INFINITY && cimag(d) == 0 && !signbit(cimag(d)));
    long double complex l = cprojl(CMPLXL(1, -INFINITY));
    CHECK(t, creall(l) == INFINITY && cimagl(l) == 0 && signbit(cimagl(l)));
}

#define TESTS(X) X(known_values) X(powers) X(parts) X(one_infinity)
CHECK_MAIN(TESTS)
