// SPDX-License-Identifier: BSD-2-Clause
// Regular expressions with given sizes, of wide characters, and in a given locale.

#define _GNU_SOURCE
#include <locale.h>
#include <regex.h>
#include <wchar.h>

#include "check.h"

static void check_match(struct check *t, regmatch_t match, int from, int to) {
    CHECK_INT(t, match.rm_so, from);
    CHECK_INT(t, match.rm_eo, to);
}

static void sizes(struct check *t) {
    regex_t expression;
    regmatch_t matches[2];
    CHECK_INT(t, regncomp(&expression, "b(c+)|(((", 5, REG_EXTENDED), 0);
    CHECK_INT(t, regnexec(&expression, "abccc", 4, 2, matches, 0), 0);
    check_match(t, matches[0], 1, 4);
    check_match(t, matches[1], 2, 4);
    CHECK_INT(t, regnexec(&expression, "abccc", 2, 2, matches, 0), REG_NOMATCH);
    CHECK_INT(t, regnexec(&expression, "ab\0bcc\0", 7, 2, matches, 0), 0);
    check_match(t, matches[0], 3, 6);
    check_match(t, matches[1], 4, 6);
    CHECK_INT(t, regnexec(&expression, "", 0, 2, matches, 0), REG_NOMATCH);
    regfree(&expression);
    CHECK_INT(t, regncomp(&expression, "a\0b", 3, 0), REG_BADPAT);
    CHECK_INT(t, regncomp(&expression, "(((", 3, REG_EXTENDED), REG_EPAREN);
}

static void ends_of_the_text(struct check *t) {
    regex_t expression;
    regmatch_t match;
    CHECK_INT(t, regncomp(&expression, "^x$", 3, REG_EXTENDED), 0);
    CHECK_INT(t, regnexec(&expression, "x", 1, 1, &match, 0), 0);
    CHECK_INT(t, regnexec(&expression, "x\0y", 3, 1, &match, 0), REG_NOMATCH);
    CHECK_INT(t, regnexec(&expression, "y\0x", 3, 1, &match, 0), REG_NOMATCH);
    CHECK_INT(t, regnexec(&expression, "x", 1, 1, &match, REG_NOTBOL), REG_NOMATCH);
    regfree(&expression);
    match = (regmatch_t){7, 8};
    CHECK_INT(t, regncomp(&expression, "x", 1, REG_NOSUB), 0);
    CHECK_INT(t, regnexec(&expression, "x", 1, 1, &match, 0), 0);
    check_match(t, match, 7, 8);
    CHECK_INT(t, regwexec(&expression, L"yx", 1, &match, 0), 0);
    check_match(t, match, 7, 8);
    regfree(&expression);
}

static void wide(struct check *t) {
    regex_t expression;
    regmatch_t matches[3];
    CHECK_INT(t, regwcomp(&expression, L"\u20ac(.)(z)?", REG_EXTENDED), 0);
    CHECK_INT(t, regwexec(&expression, L"\u00e9\U0001f600\u20ac\u00e9!", 3, matches, 0), 0);
    check_match(t, matches[0], 2, 4);
    check_match(t, matches[1], 3, 4);
    check_match(t, matches[2], -1, -1);
    CHECK_INT(t, regwnexec(&expression, L"\u20ac\0\u20ac!", 4, 3, matches, 0), 0);
    check_match(t, matches[0], 2, 4);
    CHECK_INT(t, regwnexec(&expression, L"\u20ac!", 1, 3, matches, 0), REG_NOMATCH);
    CHECK_INT(t, regwexec(&expression, L"\xd800\u20ac!", 3, matches, 0), REG_NOMATCH);
    regfree(&expression);
    CHECK_INT(t, regwcomp(&expression, L"[[", 0), REG_EBRACK);
    CHECK_INT(t, regwcomp(&expression, L"\xd800", 0), REG_BADPAT);
    CHECK_INT(t, regwncomp(&expression, L"ab(", 2, REG_EXTENDED), 0);
    CHECK_INT(t, regwexec(&expression, L"ab", 0, NULL, 0), 0);
    CHECK_INT(t, regwexec(&expression, L"a(", 0, NULL, 0), REG_NOMATCH);
    regfree(&expression);
}

static void locales(struct check *t) {
    locale_t bytes = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, bytes != (locale_t)0 && utf8 != (locale_t)0);
    regex_t expression;
    regmatch_t match;
    CHECK_INT(t, regcomp_l(&expression, "^.$", 0, bytes), 0);
    CHECK_INT(t, regexec_l(&expression, "\xc3\xa9", 1, &match, 0, utf8), 0);
    check_match(t, match, 0, 2);
    CHECK_INT(t, regexec_l(&expression, "\xc3\xa9", 1, &match, 0, bytes), REG_NOMATCH);
    CHECK_INT(t, regnexec_l(&expression, "\xc3\xa9", 1, 1, &match, 0, bytes), 0);
    check_match(t, match, 0, 1);
    CHECK_INT(t, regnexec_l(&expression, "\xc3\xa9", 2, 1, &match, 0, utf8), 0);
    regfree(&expression);
    CHECK_INT(t, regncomp_l(&expression, "[\xc3\xa9]x", 4, 0, utf8), 0);
    CHECK_INT(t, regexec_l(&expression, "\xc3\xa9", 1, &match, 0, utf8), 0);
    regfree(&expression);
    CHECK_INT(t, regwcomp_l(&expression, L"\u20ac", 0, bytes), 0);
    CHECK_INT(t, regwexec(&expression, L"x\u20ac", 1, &match, 0), 0);
    check_match(t, match, 1, 2);
    regfree(&expression);
    CHECK_INT(t, regwncomp_l(&expression, L"\u20acx", 1, 0, bytes), 0);
    CHECK_INT(t, regwexec(&expression, L"\u20ac", 1, &match, 0), 0);
    regfree(&expression);
    char text[64], same[64];
    size_t size = regerror(REG_EPAREN, NULL, text, sizeof(text));
    CHECK_INT(t, regerror_l(REG_EPAREN, NULL, same, sizeof(same), utf8), size);
    CHECK_STR(t, same, text);
    CHECK(t, size > 1);
    freelocale(bytes);
    freelocale(utf8);
}

#define TESTS(X) X(sizes) X(ends_of_the_text) X(wide) X(locales)
CHECK_MAIN(TESTS)
