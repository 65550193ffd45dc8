// SPDX-License-Identifier: BSD-2-Clause
// Between bytes and wide characters, with the state of a conversion kept by the caller.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <wchar.h>

#include "check.h"

#define EURO "\xe2\x82\xac"
#define SMILE "\xf0\x9f\x98\x80"

static locale_t before;

static bool begin(struct check *t) {
    before = uselocale(newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0));
    return CHECK(t, before != (locale_t)0 && MB_CUR_MAX == 4);
}

static void end(void) {
    freelocale(uselocale(before));
}

static void lengths(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    mbstate_t state = {0};
    CHECK(t, mbsinit(NULL) && mbsinit(&state));
    CHECK_INT(t, mbrlen(EURO, 3, &state), 3);
    CHECK_INT(t, mbrlen("", 1, &state), 0);
    CHECK_INT(t, mbrlen(EURO, 1, &state), -2);
    CHECK(t, !mbsinit(&state));
    CHECK_INT(t, mbrlen(&EURO[1], 2, &state), 2);
    CHECK(t, mbsinit(&state));
    errno = 0;
    CHECK(t, mbrlen("\xff", 1, &state) == (size_t)-1 && errno == EILSEQ);
    end();
}

static void one_character(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    char bytes[MB_LEN_MAX + 1] = "";
    mbstate_t state = {0};
    CHECK_INT(t, wcrtomb(bytes, 0x1f600, &state), 4);
    CHECK(t, memcmp(bytes, SMILE, 4) == 0);
    CHECK_INT(t, wcrtomb(bytes, L'\0', &state), 1);
    CHECK_INT(t, bytes[0], 0);
    CHECK_INT(t, wcrtomb(NULL, L'x', &state), 1);
    errno = 0;
    CHECK(t, wcrtomb(bytes, 0xd800, &state) == (size_t)-1 && errno == EILSEQ);
    wchar_t wide = 0;
    CHECK_INT(t, mbtowc(NULL, NULL, 0), 0);
    CHECK_INT(t, mbtowc(&wide, EURO "x", 5), 3);
    CHECK_INT(t, wide, 0x20ac);
    CHECK_INT(t, mbtowc(&wide, "", 1), 0);
    CHECK_INT(t, mbtowc(&wide, EURO, 2), -1);
    end();
}

static void strings_to_wide(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    const char *text = "a" EURO SMILE "z", *next = text;
    wchar_t wide[8];
    mbstate_t state = {0};
    CHECK_INT(t, mbsrtowcs(NULL, &next, 0, &state), 4);
    CHECK(t, next == text);
    CHECK_INT(t, mbsrtowcs(wide, &next, 2, &state), 2);
    CHECK(t, next == text + 4 && wide[1] == 0x20ac);
    CHECK_INT(t, mbsrtowcs(wide, &next, 8, &state), 2);
    CHECK(t, next == NULL && wcscmp(wide, L"\U0001f600z") == 0);
    next = text;
    CHECK_INT(t, mbsnrtowcs(wide, &next, 5, 8, &state), 2);
    CHECK(t, next == text + 4 && mbsinit(&state)); // the beginning of a character is left
    CHECK_INT(t, mbsnrtowcs(wide, &next, 6, 8, &state), 2);
    CHECK(t, next == NULL && wcscmp(wide, L"\U0001f600z") == 0);
    next = text = "ab\xc0";
    state = (mbstate_t){0};
    errno = 0;
    CHECK(t, mbsrtowcs(wide, &next, 8, &state) == (size_t)-1 && errno == EILSEQ);
    CHECK(t, next == text + 2);
    end();
}

static void strings_from_wide(struct check *t) {
    CHECK_REQUIRE(t, begin(t));
    const wchar_t *text = L"a\u20ac\U0001f600z", *next = text;
    char bytes[16];
    mbstate_t state = {0};
    CHECK_INT(t, wcsrtombs(NULL, &next, 0, &state), 9);
    CHECK_INT(t, wcsrtombs(bytes, &next, 7, &state), 4); // not half of a character
    CHECK(t, next == text + 2 && memcmp(bytes, "a" EURO, 4) == 0);
    CHECK_INT(t, wcsrtombs(bytes, &next, 16, &state), 5);
    CHECK(t, next == NULL && strcmp(bytes, SMILE "z") == 0);
    next = text;
    CHECK_INT(t, wcsnrtombs(bytes, &next, 2, 16, &state), 4);
    CHECK(t, next == text + 2);
    CHECK_INT(t, wcsnrtombs(bytes, &next, 9, 16, &state), 5);
    CHECK(t, next == NULL && strcmp(bytes, SMILE "z") == 0);
    next = text = L"a\xdfff";
    errno = 0;
    CHECK(t, wcsrtombs(bytes, &next, 16, &state) == (size_t)-1 && errno == EILSEQ);
    CHECK(t, next == text + 1);
    end();
}

#define TESTS(X) X(lengths) X(one_character) X(strings_to_wide) X(strings_from_wide)
CHECK_MAIN(TESTS)
