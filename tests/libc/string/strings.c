// SPDX-License-Identifier: BSD-2-Clause
// str*(): lengths, copies, comparison, search, tokens, duplicates.

#define _GNU_SOURCE
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "check.h"

static void lengths(struct check *t) {
    char text[130];
    memset(text, 'x', sizeof(text));
    for (size_t len = 0; len < sizeof(text); ++len) {
        text[len] = '\0';
        CHECK_INT(t, strlen(text), len);
        CHECK_INT(t, strnlen(text, 40), len < 40 ? len : 40);
        text[len] = 'x';
    }
}

static void copies(struct check *t) {
    char to[16] = "";
    memset(to, 'z', sizeof(to));
    strncpy(to, "ab", 5);
    CHECK(t, memcmp(to, "ab\0\0\0z", 6) == 0);
    memset(to, 'z', sizeof(to));
    CHECK(t, stpncpy(to, "ab", 5) == to + 2);
    CHECK_INT(t, strlcpy(to, "0123456789abcdefXYZ", sizeof(to)), 19);
    CHECK_STR(t, to, "0123456789abcde");
    CHECK_INT(t, strlcpy(to, "01234567", sizeof(to)), 8);
    CHECK_INT(t, strlcat(to, "89abcdefXYZ", sizeof(to)), 19);
    CHECK_STR(t, to, "0123456789abcde");
}

static void comparison(struct check *t) {
    CHECK_INT(t, strcmp("", ""), 0);
    CHECK(t, strcmp("a", "") > 0);
    CHECK(t, strcmp("abc", "abd") < 0);
    CHECK(t, strcmp("\xff", "a") > 0);
    CHECK_INT(t, strncmp("abcd", "abxx", 2), 0);
    CHECK_INT(t, strcasecmp("HeLLo", "hEllO"), 0);
    CHECK(t, strcasecmp("a", "B") < 0);
    CHECK_INT(t, strncasecmp("ABx", "aby", 2), 0);
    CHECK(t, strverscmp("file9", "file10") < 0);
    CHECK(t, strverscmp("a01", "a1") < 0);
    CHECK(t, strcoll("a", "b") < 0);
    char key[8];
    CHECK_INT(t, strxfrm(key, "abc", sizeof(key)), 3);
    CHECK_STR(t, key, "abc");
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    CHECK(t, strcoll_l("a", "b", locale) < 0);
    CHECK_INT(t, strcasecmp_l("X", "x", locale), 0);
    freelocale(locale);
}

static void search(struct check *t) {
    const char *text = "hello, world";
    CHECK(t, strchr(text, 'o') == text + 4);
    CHECK(t, strchr(text, '\0') == text + 12);
    CHECK(t, strchr(text, 'q') == NULL);
    CHECK(t, strrchr(text, 'o') == text + 8);
    CHECK(t, strchrnul(text, 'q') == text + 12);
    CHECK(t, strstr(text, "world") == text + 7);
    CHECK(t, strstr(text, "") == text);
    CHECK(t, strstr(text, "wurld") == NULL);
    CHECK(t, strcasestr(text, "WORLD") == text + 7);
    CHECK(t, strpbrk(text, "xyzw") == text + 7);
    CHECK_INT(t, strspn(text, "ehlo"), 5);
    CHECK_INT(t, strcspn(text, ",."), 5);
}

// Needles of every length, at the end of a haystack that almost contains them before.
static void strstr_long_needles(struct check *t) {
    char haystack[400], needle[200];
    for (size_t len = 1; len < sizeof(needle); ++len) {
        memset(needle, 'a', len);
        needle[len - 1] = 'b';
        needle[len] = '\0';
        memset(haystack, 'a', sizeof(haystack));
        haystack[sizeof(haystack) - 2] = 'b';
        haystack[sizeof(haystack) - 1] = '\0';
        CHECK(t, strstr(haystack, needle) == haystack + sizeof(haystack) - 1 - len);
        if (len == sizeof(needle) - 1)
            break;
    }
}

static void tokens(struct check *t) {
    char text[] = "  a bc,,d";
    char *state;
    CHECK_STR(t, strtok_r(text, " ,", &state), "a");
    CHECK_STR(t, strtok_r(NULL, " ,", &state), "bc");
    CHECK_STR(t, strtok_r(NULL, " ,", &state), "d");
    CHECK(t, strtok_r(NULL, " ,", &state) == NULL);
    char fields[] = "x::y";
    char *rest = fields;
    CHECK_STR(t, strsep(&rest, ":"), "x");
    CHECK_STR(t, strsep(&rest, ":"), "");
    CHECK_STR(t, strsep(&rest, ":"), "y");
    CHECK(t, strsep(&rest, ":") == NULL);
}

static void duplicates(struct check *t) {
    char *copy = strdup("text");
    CHECK_STR(t, copy, "text");
    free(copy);
    copy = strndup("text", 2);
    CHECK_STR(t, copy, "te");
    free(copy);
}

static void first_set_bits(struct check *t) {
    CHECK_INT(t, ffs(0), 0);
    CHECK_INT(t, ffs(0x80), 8);
    CHECK_INT(t, ffsl(1L << 40), 41);
    CHECK_INT(t, ffsll(1LL << 63), 64);
}

// Names of BSD, from before the standard.
static void old_names(struct check *t) {
    char data[] = "abcdef";
    bcopy(data, data + 2, 4);
    CHECK_STR(t, data, "ababcd");
    bcopy(data + 1, data, 3);
    CHECK_STR(t, data, "babbcd");
    bzero(data + 1, 3);
    CHECK(t, memcmp(data, "b\0\0\0cd", 7) == 0);
    const char *text = "a.b.c";
    CHECK(t, index(text, '.') == text + 1 && rindex(text, '.') == text + 3);
    CHECK(t, index(text, '\0') == text + 5 && rindex(text, 'x') == NULL);
}

static void given_locale(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    CHECK_INT(t, strncasecmp_l("abX", "ABy", 2, locale), 0);
    CHECK(t, strncasecmp_l("abX", "ABy", 3, locale) < 0);
    CHECK(t, strncasecmp_l("a", "", 3, locale) > 0);
    char low[8], high[8];
    CHECK(t, strxfrm_l(low, "abc", sizeof(low), locale) < sizeof(low));
    CHECK(t, strxfrm_l(high, "abd", sizeof(high), locale) < sizeof(high));
    CHECK(t, strcmp(low, high) < 0);
    size_t size = strxfrm_l(NULL, "abc", 0, locale);
    CHECK_INT(t, strxfrm_l(low, "abc", sizeof(low), locale), size);
    freelocale(locale);
}

#define TESTS(X)                                                                                   \
    X(lengths)                                                                                     \
    X(copies)                                                                                      \
    X(comparison)                                                                                  \
    X(search)                                                                                      \
    X(strstr_long_needles)                                                                         \
    X(tokens)                                                                                      \
    X(duplicates)                                                                                  \
    X(first_set_bits)                                                                              \
    X(old_names)                                                                                   \
    X(given_locale)
CHECK_MAIN(TESTS)
