// SPDX-License-Identifier: BSD-2-Clause
// Locales: two, of which a thread may use one.

#define _GNU_SOURCE
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <wchar.h>

#include "check.h"

static void by_name(struct check *t) {
    locale_t c = newlocale(LC_ALL_MASK, "C", NULL), utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    CHECK_REQUIRE(t, c != NULL && utf8 != NULL);
    CHECK(t, c != utf8);
    CHECK(t, newlocale(LC_ALL_MASK, "POSIX", NULL) == c);
    CHECK(t, newlocale(LC_ALL_MASK, "", NULL) == utf8);
    CHECK_STR(t, nl_langinfo_l(CODESET, c), "ASCII");
    CHECK_STR(t, nl_langinfo_l(CODESET, utf8), "UTF-8");
    errno = 0;
    CHECK(t, newlocale(LC_ALL_MASK, "de_DE.UTF-8", NULL) == NULL);
    CHECK_INT(t, errno, ENOENT);
    CHECK(t, newlocale(LC_ALL_MASK, "../C", NULL) == NULL);
    CHECK(t, newlocale(INT_MIN, "C", NULL) == NULL);
    CHECK_INT(t, errno, EINVAL);
    // Only the category named changes, and the encoding is the only difference.
    CHECK(t, newlocale(LC_CTYPE_MASK, "C.UTF-8", c) == utf8);
    CHECK(t, newlocale(LC_NUMERIC_MASK, "C", utf8) == utf8);
    CHECK(t, newlocale(LC_NUMERIC_MASK, "C.UTF-8", NULL) == c);
    locale_t copy = duplocale(utf8);
    CHECK_REQUIRE(t, copy != NULL);
    CHECK_STR(t, nl_langinfo_l(CODESET, copy), "UTF-8");
    freelocale(copy);
    CHECK_STR(t, nl_langinfo_l(CODESET, utf8), "UTF-8");
}

static size_t decode(const char *text) {
    wchar_t wide;
    mbstate_t state = {0};
    return mbrtowc(&wide, text, strlen(text), &state);
}

static void *decode_elsewhere(void *text) {
    return (void *)decode(text);
}

static void of_a_thread(struct check *t) {
    char euro[] = "\xe2\x82\xac";
    CHECK_INT(t, decode(euro), 1); // bytes are characters at first
    CHECK(t, uselocale(NULL) == LC_GLOBAL_LOCALE);
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    CHECK(t, uselocale(utf8) == LC_GLOBAL_LOCALE);
    CHECK_INT(t, decode(euro), 3);
    CHECK_INT(t, MB_CUR_MAX, 4);
    // Others keep theirs.
    pthread_t thread;
    void *len = NULL;
    CHECK_REQUIRE(t, pthread_create(&thread, NULL, decode_elsewhere, euro) == 0);
    CHECK_INT(t, pthread_join(thread, &len), 0);
    CHECK_INT(t, (size_t)len, 1);
    CHECK(t, uselocale(LC_GLOBAL_LOCALE) == utf8);
    CHECK_INT(t, MB_CUR_MAX, 1);
    locale_t copy = duplocale(LC_GLOBAL_LOCALE);
    CHECK_STR(t, nl_langinfo_l(CODESET, copy), "ASCII");
    freelocale(copy);
}

static void numbers(struct check *t) {
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    CHECK_STR(t, localeconv()->decimal_point, ".");
    CHECK_STR(t, localeconv_l(utf8)->decimal_point, ".");
    CHECK(t, strtod_l("2.5", NULL, utf8) == 2.5);
}

#define TESTS(X)                                                                                   \
    X(by_name)                                                                                     \
    X(of_a_thread)                                                                                 \
    X(numbers)
CHECK_MAIN(TESTS)
