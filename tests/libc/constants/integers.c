// SPDX-License-Identifier: BSD-2-Clause
// Integers: limits against sizes, and each format of <inttypes.h> there and back.
#include <byteswap.h>
#include <endian.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <values.h>
#include <wchar.h>

#include "distinct.h"

// Suffix of the formats, the two types, and their limits.
#define TYPES(X)                                                                                   \
    X(8, int8_t, uint8_t, INT8_MIN, INT8_MAX, UINT8_MAX)                                           \
    X(16, int16_t, uint16_t, INT16_MIN, INT16_MAX, UINT16_MAX)                                     \
    X(32, int32_t, uint32_t, INT32_MIN, INT32_MAX, UINT32_MAX)                                     \
    X(64, int64_t, uint64_t, INT64_MIN, INT64_MAX, UINT64_MAX)                                     \
    X(LEAST8, int_least8_t, uint_least8_t, INT_LEAST8_MIN, INT_LEAST8_MAX, UINT_LEAST8_MAX)        \
    X(LEAST16, int_least16_t, uint_least16_t, INT_LEAST16_MIN, INT_LEAST16_MAX, UINT_LEAST16_MAX)  \
    X(LEAST32, int_least32_t, uint_least32_t, INT_LEAST32_MIN, INT_LEAST32_MAX, UINT_LEAST32_MAX)  \
    X(LEAST64, int_least64_t, uint_least64_t, INT_LEAST64_MIN, INT_LEAST64_MAX, UINT_LEAST64_MAX)  \
    X(FAST8, int_fast8_t, uint_fast8_t, INT_FAST8_MIN, INT_FAST8_MAX, UINT_FAST8_MAX)              \
    X(FAST16, int_fast16_t, uint_fast16_t, INT_FAST16_MIN, INT_FAST16_MAX, UINT_FAST16_MAX)        \
    X(FAST32, int_fast32_t, uint_fast32_t, INT_FAST32_MIN, INT_FAST32_MAX, UINT_FAST32_MAX)        \
    X(FAST64, int_fast64_t, uint_fast64_t, INT_FAST64_MIN, INT_FAST64_MAX, UINT_FAST64_MAX)        \
    X(MAX, intmax_t, uintmax_t, INTMAX_MIN, INTMAX_MAX, UINTMAX_MAX)                               \
    X(PTR, intptr_t, uintptr_t, INTPTR_MIN, INTPTR_MAX, UINTPTR_MAX)

// All ones is the largest without a sign; half of it the largest with one.
#define LIMITS(suffix, type, utype, min, max, umax)                                                \
    CHECK(t, (uintmax_t)(umax) == (uintmax_t)(utype)-1);                                           \
    CHECK(t, (uintmax_t)(max) == (uintmax_t)(utype)-1 >> 1);                                       \
    CHECK(t, (intmax_t)(min) == -(intmax_t)(max)-1);                                               \
    CHECK_INT(t, sizeof(type), sizeof(utype));

static void limits(struct check *t) {
    TYPES(LIMITS)
    CHECK_INT(t, sizeof(int8_t) * CHAR_BIT, 8);
    CHECK_INT(t, sizeof(int16_t) * CHAR_BIT, 16);
    CHECK_INT(t, sizeof(int32_t) * CHAR_BIT, 32);
    CHECK_INT(t, sizeof(int64_t) * CHAR_BIT, 64);
    CHECK(t, SIZE_MAX == (size_t)-1);
    CHECK(t, PTRDIFF_MAX == (ptrdiff_t)(SIZE_MAX >> 1) && PTRDIFF_MIN == -PTRDIFF_MAX - 1);
    CHECK(t, SIG_ATOMIC_MIN < 0 && (sig_atomic_t)SIG_ATOMIC_MAX == SIG_ATOMIC_MAX);
    CHECK(t, (wchar_t)WCHAR_MAX == WCHAR_MAX && (wchar_t)WCHAR_MIN == WCHAR_MIN);
    CHECK(t, (wint_t)WINT_MAX == WINT_MAX && (wint_t)WINT_MIN == WINT_MIN);
    CHECK(t, (wint_t)WEOF == WEOF);
}

#define THERE_AND_BACK(type, print, scan, number)                                                  \
    do {                                                                                           \
        char text[80];                                                                             \
        type back[2] = {0, 0};                                                                     \
        snprintf(text, sizeof(text), "%" print, (type)(number));                                   \
        check_context(t, text);                                                                    \
        CHECK_INT(t, sscanf(text, "%" scan, &back[0]), 1);                                         \
        CHECK(t, back[0] == (type)(number) && back[1] == 0);                                       \
    } while (0);
#define FORMATS(suffix, type, utype, min, max, umax)                                               \
    THERE_AND_BACK(type, PRId##suffix, SCNd##suffix, min)                                          \
    THERE_AND_BACK(type, PRIi##suffix, SCNi##suffix, max)                                          \
    THERE_AND_BACK(utype, PRIu##suffix, SCNu##suffix, umax)                                        \
    THERE_AND_BACK(utype, PRIo##suffix, SCNo##suffix, umax)                                        \
    THERE_AND_BACK(utype, PRIx##suffix, SCNx##suffix, umax)                                        \
    THERE_AND_BACK(utype, PRIX##suffix, SCNx##suffix, umax)

static void formats(struct check *t) {
    TYPES(FORMATS)
}

static void literals(struct check *t) {
    CHECK(t, INT8_C(-128) == INT8_MIN && UINT8_C(255) == UINT8_MAX);
    CHECK(t, INT16_C(-32768) == INT16_MIN && UINT16_C(65535) == UINT16_MAX);
    CHECK(t, INT32_C(2147483647) == INT32_MAX && UINT32_C(4294967295) == UINT32_MAX);
    CHECK(t, INT64_C(9223372036854775807) == INT64_MAX);
    CHECK(t, UINT64_C(18446744073709551615) == UINT64_MAX);
    CHECK_INT(t, sizeof(INTMAX_C(1)), sizeof(intmax_t));
    CHECK_INT(t, sizeof(UINTMAX_C(1)), sizeof(uintmax_t));
    CHECK(t, UINTMAX_C(0) - 1 > 0);
}

static void old_names(struct check *t) {
    CHECK(t, MAXINT == INT_MAX && MININT == INT_MIN && MAXSHORT == SHRT_MAX);
    CHECK(t, MAXLONG == LONG_MAX && MINLONG == LONG_MIN && MINSHORT == SHRT_MIN);
    CHECK_INT(t, BITSPERBYTE, CHAR_BIT);
    CHECK_INT(t, CHARBITS, CHAR_BIT);
    CHECK_INT(t, SHORTBITS, sizeof(short) * CHAR_BIT);
    CHECK_INT(t, INTBITS, sizeof(int) * CHAR_BIT);
    CHECK_INT(t, LONGBITS, sizeof(long) * CHAR_BIT);
    CHECK_INT(t, PTRBITS, sizeof(void *) * CHAR_BIT);
    CHECK_INT(t, DOUBLEBITS, sizeof(double) * CHAR_BIT);
    CHECK_INT(t, FLOATBITS, sizeof(float) * CHAR_BIT);
}

static void byte_order(struct check *t) {
    DISTINCT(t, NAMED(LITTLE_ENDIAN), NAMED(BIG_ENDIAN), NAMED(PDP_ENDIAN));
    CHECK_INT(t, BYTE_ORDER, LITTLE_ENDIAN);
    CHECK_INT(t, bswap_16(0x1234), 0x3412);
    CHECK_INT(t, bswap_32(0x12345678), 0x78563412);
    CHECK(t, bswap_64(UINT64_C(0x123456789abcdef0)) == UINT64_C(0xf0debc9a78563412));
    const uint64_t eight = UINT64_C(0x123456789abcdef0);
    const uint64_t big = htobe64(eight), little = htole64(eight);
    CHECK_INT(t, *(const unsigned char *)&big, 0x12);
    CHECK_INT(t, *(const unsigned char *)&little, 0xf0);
    CHECK(t, be64toh(big) == eight && le64toh(little) == eight);
    CHECK(t, betoh64(big) == eight && letoh64(little) == eight);
    const uint32_t big4 = htobe32(0x12345678), little4 = htole32(0x12345678);
    CHECK_INT(t, *(const unsigned char *)&big4, 0x12);
    CHECK_INT(t, be32toh(big4), 0x12345678);
    CHECK_INT(t, betoh32(big4), le32toh(little4));
    CHECK_INT(t, letoh32(little4), 0x12345678);
    const uint16_t big2 = htobe16(0x1234), little2 = htole16(0x1234);
    CHECK_INT(t, *(const unsigned char *)&big2, 0x12);
    CHECK_INT(t, be16toh(big2), 0x1234);
    CHECK_INT(t, betoh16(big2), le16toh(little2));
    CHECK_INT(t, letoh16(little2), 0x1234);
}

#define TESTS(X) X(limits) X(formats) X(literals) X(old_names) X(byte_order)
CHECK_MAIN(TESTS)
