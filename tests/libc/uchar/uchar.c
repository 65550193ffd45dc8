// SPDX-License-Identifier: BSD-2-Clause
// <uchar.h>: UTF-16 and UTF-32.

#include <locale.h>
#include <string.h>
#include <uchar.h>

#include "check.h"

static void surrogate_pairs(struct check *t) {
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    locale_t before = uselocale(locale);
    const char *smile = "\xf0\x9f\x98\x80";
    mbstate_t state = {0};
    char16_t unit;
    CHECK_INT(t, mbrtoc16(&unit, smile, 4, &state), 4);
    CHECK_INT(t, unit, 0xd83d);
    CHECK_INT(t, mbrtoc16(&unit, "", 0, &state), (size_t)-3);
    CHECK_INT(t, unit, 0xde00);
    char32_t point;
    mbstate_t fresh = {0};
    CHECK_INT(t, mbrtoc32(&point, smile, 4, &fresh), 4);
    CHECK_INT(t, point, 0x1f600);
    char bytes[8];
    mbstate_t back = {0};
    CHECK_INT(t, c16rtomb(bytes, 0xd83d, &back), 0);
    CHECK_INT(t, c16rtomb(bytes, 0xde00, &back), 4);
    CHECK(t, memcmp(bytes, smile, 4) == 0);
    CHECK_INT(t, c32rtomb(bytes, 0x20ac, &back), 3);
    uselocale(before);
    freelocale(locale);
}

#define TESTS(X) X(surrogate_pairs)
CHECK_MAIN(TESTS)
