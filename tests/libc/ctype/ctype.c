// SPDX-License-Identifier: BSD-2-Clause
// <ctype.h> and <wctype.h>, also with a locale.

#define _GNU_SOURCE
#include <ctype.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "check.h"

static void every_ascii_character(struct check *t) {
    for (int c = -1; c < 256; ++c) {
        bool upper = c >= 'A' && c <= 'Z';
        bool lower = c >= 'a' && c <= 'z';
        bool digit = c >= '0' && c <= '9';
        bool printable = c >= ' ' && c < 127;
        CHECK_INT(t, !!isupper(c), upper);
        CHECK_INT(t, !!islower(c), lower);
        CHECK_INT(t, !!isdigit(c), digit);
        CHECK_INT(t, !!isalpha(c), upper || lower);
        CHECK_INT(t, !!isalnum(c), upper || lower || digit);
        CHECK_INT(t, !!isprint(c), printable);
        CHECK_INT(t, !!isgraph(c), printable && c != ' ');
        CHECK_INT(t, !!ispunct(c), printable && c != ' ' && !upper && !lower && !digit);
        CHECK_INT(t, !!iscntrl(c), (c >= 0 && c < ' ') || c == 127);
        CHECK_INT(t, !!isspace(c), c == ' ' || (c >= '\t' && c <= '\r'));
        CHECK_INT(t, !!isblank(c), c == ' ' || c == '\t');
        CHECK_INT(t, !!isxdigit(c), digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
        CHECK_INT(t, toupper(c), lower ? c - 32 : c);
        CHECK_INT(t, tolower(c), upper ? c + 32 : c);
        if (t->failed)
            return;
    }
}

static void wide_characters(struct check *t) {
    CHECK(t, iswalpha(0xe9));
    CHECK(t, iswupper(0xc9));
    CHECK(t, iswlower(0xe9));
    CHECK_INT(t, towupper(0xe9), 0xc9);
    CHECK_INT(t, towlower(0x416), 0x436);
    CHECK(t, !iswalpha(0x2014));
    CHECK(t, iswpunct(0x2014));
    CHECK(t, iswspace(0x2003));
    CHECK(t, iswdigit('7') && !iswdigit(0x661));
    CHECK(t, iswctype('a', wctype("lower")));
    CHECK(t, !iswctype('A', wctype("lower")));
    CHECK_INT(t, wctype("nothing"), 0);
    CHECK_INT(t, towctrans('a', wctrans("toupper")), 'A');
    CHECK_INT(t, wcwidth(0x4e00), 2);
    CHECK_INT(t, wcwidth('a'), 1);
    CHECK_INT(t, wcwidth(0x301), 0);
    CHECK_INT(t, wcswidth(L"a\u4e00", 2), 3);
}

static void with_a_locale(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    CHECK(t, isalpha_l('a', locale));
    CHECK(t, !isdigit_l('a', locale));
    CHECK_INT(t, toupper_l('a', locale), 'A');
    CHECK(t, iswlower_l('a', locale));
    CHECK_INT(t, towlower_l('A', locale), 'a');
    freelocale(locale);
}

#define TESTS(X)                                                                                   \
    X(every_ascii_character)                                                                       \
    X(wide_characters)                                                                             \
    X(with_a_locale)
CHECK_MAIN(TESTS)
