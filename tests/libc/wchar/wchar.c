// SPDX-License-Identifier: BSD-2-Clause
// Wide strings, and conversion between them and UTF-8.

#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "check.h"

static void wide_strings(struct check *t) {
    wchar_t to[16];
    CHECK_INT(t, wcslen(L"h\u00e9llo"), 5);
    CHECK_INT(t, wcsnlen(L"hello", 3), 3);
    CHECK(t, wcscmp(wmemcpy(to, L"abcdef", 7), L"abcdef") == 0);
    CHECK(t, wcsncmp(to, L"abcxyz", 3) == 0);
    CHECK(t, wcschr(to, L'd') == to + 3);
    CHECK(t, wcsrchr(L"aba", L'a') != NULL);
    CHECK(t, wcsstr(to, L"cde") == to + 2);
    CHECK_INT(t, wcsspn(to, L"abc"), 3);
    CHECK_INT(t, wcscspn(to, L"ef"), 4);
    CHECK(t, wcspbrk(to, L"fe") == to + 4);
    CHECK_INT(t, wcscasecmp(L"ABC", L"abc"), 0);
    wchar_t text[] = L"a b";
    wchar_t *state;
    CHECK(t, wcscmp(wcstok(text, L" ", &state), L"a") == 0);
    CHECK(t, wcscmp(wcstok(NULL, L" ", &state), L"b") == 0);
    wchar_t *copy = wcsdup(L"dup");
    CHECK(t, wcscmp(copy, L"dup") == 0);
    free(copy);
    CHECK(t, wmemcmp(wmemset(to, L'x', 3), L"xxx", 3) == 0);
    CHECK(t, wmemchr(L"abc", L'b', 3) != NULL);
}

static void numbers(struct check *t) {
    wchar_t *end;
    CHECK_INT(t, wcstol(L" -42x", &end, 10), -42);
    CHECK(t, *end == L'x');
    CHECK(t, wcstoul(L"0xff", NULL, 0) == 255);
    CHECK(t, wcstod(L"1.5e3", &end) == 1500.0);
    CHECK(t, wcstoll(L"9223372036854775807", NULL, 10) == INT64_MAX);
}

static void utf8(struct check *t) {
    locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    locale_t before = uselocale(locale);
    CHECK_INT(t, MB_CUR_MAX, 4);
    wchar_t wide[16];
    CHECK_INT(t, mbstowcs(wide, "z\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 16), 4);
    CHECK_INT(t, wide[1], 0xe9);
    CHECK_INT(t, wide[2], 0x20ac);
    CHECK_INT(t, wide[3], 0x1f600);
    char bytes[16];
    CHECK_INT(t, wcstombs(bytes, wide, sizeof(bytes)), 10);
    CHECK_STR(t, bytes, "z\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    mbstate_t state = {0};
    wchar_t c;
    CHECK_INT(t, mbrtowc(&c, "\xe2", 1, &state), (size_t)-2);
    CHECK_INT(t, mbrtowc(&c, "\x82\xac", 2, &state), 2);
    CHECK_INT(t, c, 0x20ac);
    static const char *const malformed[] = {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                            "\x80",     "\xff",         "\xe2\x28\xa1"};
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); ++i) {
        mbstate_t fresh = {0};
        errno = 0;
        CHECK_INT(t, mbrtowc(&c, malformed[i], strlen(malformed[i]), &fresh), (size_t)-1);
        CHECK_INT(t, errno, EILSEQ);
    }
    CHECK_INT(t, wctomb(bytes, 0x20ac), 3);
    CHECK_INT(t, mblen("\xc3\xa9", 2), 2);
    CHECK_INT(t, btowc('a'), 'a');
    CHECK_INT(t, wctob(0xe9), EOF);
    uselocale(before);
    freelocale(locale);
}

static void c_locale_is_bytes(struct check *t) {
    CHECK_INT(t, MB_CUR_MAX, 1);
    CHECK_INT(t, mblen("a", 1), 1);
}

#define TESTS(X)                                                                                   \
    X(wide_strings)                                                                                \
    X(numbers)                                                                                     \
    X(utf8)                                                                                        \
    X(c_locale_is_bytes)
CHECK_MAIN(TESTS)
