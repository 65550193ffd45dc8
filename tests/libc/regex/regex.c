// SPDX-License-Identifier: BSD-2-Clause
// regcomp(), regexec() and fnmatch().

#define _GNU_SOURCE
#include <fnmatch.h>
#include <regex.h>
#include <string.h>

#include "check.h"

static bool matches(const char *pattern, int flags, const char *text, regmatch_t match[4]) {
    regex_t regex;
    if (regcomp(&regex, pattern, flags) != 0)
        return false;
    int result = regexec(&regex, text, 4, match, 0);
    regfree(&regex);
    return result == 0;
}

static void extended(struct check *t) {
    regmatch_t m[4];
    CHECK(t, matches("^([a-z]+)=([0-9]{2,4})$", REG_EXTENDED, "port=8080", m));
    CHECK_INT(t, m[1].rm_so, 0);
    CHECK_INT(t, m[1].rm_eo, 4);
    CHECK_INT(t, m[2].rm_so, 5);
    CHECK_INT(t, m[2].rm_eo, 9);
    CHECK(t, !matches("^([a-z]+)=([0-9]{2,4})$", REG_EXTENDED, "port=80800", m));
    CHECK(t, matches("a|bc*", REG_EXTENDED, "xbccc", m));
    CHECK_INT(t, m[0].rm_so, 1);
    CHECK_INT(t, m[0].rm_eo, 5);
    CHECK(t, matches("HELLO", REG_EXTENDED | REG_ICASE, "say hello", m));
    CHECK(t, matches("[[:digit:]]+[^[:space:]]", REG_EXTENDED, "ab12!", m));
}

static void basic(struct check *t) {
    regmatch_t m[4];
    CHECK(t, matches("\\(ab\\)\\1", 0, "xababx", m));
    CHECK_INT(t, m[0].rm_so, 1);
    CHECK(t, matches("a+", 0, "a+", m));
    CHECK(t, matches("^b$", REG_NEWLINE, "a\nb\nc", m));
}

static void bad_patterns(struct check *t) {
    regex_t regex;
    char text[100];
    CHECK_INT(t, regcomp(&regex, "(a", REG_EXTENDED), REG_EPAREN);
    CHECK_INT(t, regcomp(&regex, "[a", REG_EXTENDED), REG_EBRACK);
    CHECK_INT(t, regcomp(&regex, "a{2,1}", REG_EXTENDED), REG_BADBR);
    CHECK(t, regerror(REG_EPAREN, &regex, text, sizeof(text)) > 1);
}

static void file_names(struct check *t) {
    CHECK_INT(t, fnmatch("*.c", "main.c", 0), 0);
    CHECK_INT(t, fnmatch("*.c", "main.h", 0), FNM_NOMATCH);
    CHECK_INT(t, fnmatch("a/*", "a/b/c", FNM_PATHNAME), FNM_NOMATCH);
    CHECK_INT(t, fnmatch("a/*", "a/b/c", 0), 0);
    CHECK_INT(t, fnmatch("*", ".hidden", FNM_PERIOD), FNM_NOMATCH);
    CHECK_INT(t, fnmatch("[!a-c]?", "dx", 0), 0);
    CHECK_INT(t, fnmatch("\\*", "*", 0), 0);
    CHECK_INT(t, fnmatch("ABC", "abc", FNM_CASEFOLD), 0);
}

#define TESTS(X)                                                                                   \
    X(extended)                                                                                    \
    X(basic)                                                                                       \
    X(bad_patterns)                                                                                \
    X(file_names)
CHECK_MAIN(TESTS)
