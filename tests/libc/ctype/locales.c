// SPDX-License-Identifier: BSD-2-Clause
// <ctype.h> and <wctype.h> in a given locale: the same classes as without, for every character.

#define _GNU_SOURCE
#include <ctype.h>
#include <locale.h>
#include <wctype.h>

#include "check.h"

#define CLASSES(X, c)                                                                              \
    X(isalnum, c)                                                                                  \
    X(isalpha, c)                                                                                  \
    X(isblank, c)                                                                                  \
    X(iscntrl, c)                                                                                  \
    X(isdigit, c)                                                                                  \
    X(isgraph, c)                                                                                  \
    X(islower, c)                                                                                  \
    X(isprint, c)                                                                                  \
    X(ispunct, c)                                                                                  \
    X(isspace, c)                                                                                  \
    X(isupper, c)                                                                                  \
    X(isxdigit, c)

// The functions and the macros, with and without a locale.
#define CHECK_SAME(class, c)                                                                       \
    CHECK_INT(t, !!(class)(c), !!class(c));                                                        \
    CHECK_INT(t, !!(class##_l)(c, locale), !!class(c));                                            \
    CHECK_INT(t, !!class##_l(c, locale), !!class(c));

static void bytes(struct check *t) {
    static const char *const names[] = {"C", "C.UTF-8"};
    for (int i = 0; i < 2; ++i) {
        locale_t locale = newlocale(LC_ALL_MASK, names[i], (locale_t)0);
        CHECK_REQUIRE(t, locale != (locale_t)0);
        for (int c = -1; c < 256 && !t->failed; ++c) {
            CLASSES(CHECK_SAME, c)
            CHECK_INT(t, (tolower_l)(c, locale), tolower(c));
            CHECK_INT(t, (toupper_l)(c, locale), toupper(c));
        }
        freelocale(locale);
    }
}

static void seven_bits(struct check *t) {
    for (int c = -1; c < 300; ++c)
        CHECK(t, !!isascii(c) == (c >= 0 && c < 128) && !(isascii)(c) == !isascii(c));
    CHECK_INT(t, toascii(0xc1), 'A');
    CHECK_INT(t, toascii('z'), 'z');
    for (int i = 0; i < 26; ++i) {
        CHECK_INT(t, _tolower('A' + i), 'a' + i);
        CHECK_INT(t, _toupper('a' + i), 'A' + i);
    }
}

#define WIDE_CLASSES(X)                                                                            \
    X(alnum)                                                                                       \
    X(alpha)                                                                                       \
    X(blank)                                                                                       \
    X(cntrl)                                                                                       \
    X(digit)                                                                                       \
    X(graph)                                                                                       \
    X(lower)                                                                                       \
    X(print)                                                                                       \
    X(punct)                                                                                       \
    X(space)                                                                                       \
    X(upper)                                                                                       \
    X(xdigit)

#define CHECK_WIDE(class)                                                                          \
    bool is_##class = (isw##class)(c) != 0;                                                        \
    CHECK_INT(t, !!(isw##class##_l)(c, locale), is_##class);                                       \
    CHECK_INT(t, !!iswctype(c, wctype(#class)), is_##class);                                       \
    CHECK_INT(t, !!iswctype_l(c, wctype_l(#class, locale), locale), is_##class);

// What follows from the definitions, for any character set.
static void wide(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    for (wint_t c = 0; c < 0x30000 && !t->failed; c += c < 0x800 ? 1 : 7) {
        WIDE_CLASSES(CHECK_WIDE)
        CHECK(t, is_alnum == (is_alpha || is_digit));
        CHECK(t, !is_digit || (c >= '0' && c <= '9'));
        CHECK(t, is_graph == (is_print && !is_space) || c >= 0x80);
        CHECK(t, !is_blank || is_space);
        CHECK(t, !is_cntrl || !is_print);
        CHECK(t, !is_punct || (is_graph && !is_alnum));
        CHECK(t, !is_xdigit || is_alnum);
        CHECK_INT(t, towupper_l(c, locale), towupper(c));
        CHECK_INT(t, towlower_l(c, locale), towlower(c));
        CHECK_INT(t, towctrans_l(c, wctrans_l("tolower", locale), locale), towlower(c));
        CHECK_INT(t, towctrans(c, wctrans("toupper")), towupper(c));
    }
    CHECK_INT(t, wctype_l("nothing", locale), 0);
    CHECK(t, wctrans_l("nothing", locale) == (wctrans_t)0);
    freelocale(locale);
}

static void known_wide_classes(struct check *t) {
    CHECK(t, iswalnum(0x4e00) && iswalnum('7') && !iswalnum('-'));
    CHECK(t, iswblank('\t') && iswblank(' ') && !iswblank('\n'));
    CHECK(t, iswcntrl('\n') && iswcntrl(0x85) && !iswcntrl(0xa0));
    CHECK(t, iswgraph(0x20ac) && !iswgraph(' ') && !iswgraph(0x2003));
    CHECK(t, iswprint(' ') && iswprint(0x1f600) && !iswprint(7) && !iswprint(0xd800));
    CHECK(t, iswxdigit('f') && iswxdigit('F') && !iswxdigit('g') && !iswxdigit(0xff11));
}

#define TESTS(X) X(bytes) X(seven_bits) X(wide) X(known_wide_classes)
CHECK_MAIN(TESTS)
