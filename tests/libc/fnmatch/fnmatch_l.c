// SPDX-License-Identifier: BSD-2-Clause
// Matching of names in a given locale: what a character is depends on it.

#define _GNU_SOURCE
#include <fnmatch.h>
#include <locale.h>

#include "check.h"

static void characters_of_the_locale(struct check *t) {
    locale_t bytes = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, bytes != (locale_t)0 && utf8 != (locale_t)0);
    CHECK_INT(t,
              fnmatch_l("a?b",
                        "a\xc3\xa9"
                        "b",
                        0, utf8),
              0);
    CHECK_INT(t,
              fnmatch_l("a?b",
                        "a\xc3\xa9"
                        "b",
                        0, bytes),
              FNM_NOMATCH);
    CHECK_INT(t,
              fnmatch_l("a??b",
                        "a\xc3\xa9"
                        "b",
                        0, bytes),
              0);
    CHECK_INT(t, fnmatch_l("*/b", "x/y/b", FNM_PATHNAME, utf8), FNM_NOMATCH);
    CHECK_INT(t, fnmatch_l("[[:upper:]]x", "Ax", 0, bytes), 0);
    CHECK_INT(t, fnmatch_l("[[:upper:]]x", "ax", 0, bytes), FNM_NOMATCH);
    freelocale(bytes);
    freelocale(utf8);
}

#define TESTS(X) X(characters_of_the_locale)
CHECK_MAIN(TESTS)
