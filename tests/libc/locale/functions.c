// SPDX-License-Identifier: BSD-2-Clause
// Functions that take their locale as an argument.

#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uchar.h>
#include <wchar.h>

#include "check.h"

static void numbers(struct check *t) {
    locale_t c = newlocale(LC_ALL_MASK, "C", NULL);
    char *end;
    CHECK_INT(t, strtol_l("-12x", &end, 10, c), -12);
    CHECK_STR(t, end, "x");
    CHECK_INT(t, strtoll_l("0x10", NULL, 0, c), 16);
    CHECK_INT(t, strtoul_l("77", NULL, 8, c), 63);
    CHECK(t, strtoull_l("18446744073709551615", NULL, 10, c) == UINT64_MAX);
    CHECK_INT(t, strtoimax_l("-1", NULL, 10, c), -1);
    CHECK(t, strtoumax_l("1", NULL, 10, c) == 1);
}

static void characters(struct check *t) {
    locale_t c = newlocale(LC_ALL_MASK, "C", NULL), utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    const char *euro = "\xe2\x82\xac";
    wchar_t wide[4] = L"";
    char bytes[8] = "";
    CHECK_INT(t, mblen_l(euro, 3, utf8), 3);
    CHECK_INT(t, mblen_l(euro, 3, c), 1);
    CHECK_INT(t, mbtowc_l(wide, euro, 3, utf8), 3);
    CHECK_INT(t, wide[0], 0x20ac);
    CHECK_INT(t, wctomb_l(bytes, 0x20ac, utf8), 3);
    CHECK_STR(t, bytes, euro);
    CHECK_INT(t, wctomb_l(bytes, 0x20ac, c), -1);
    CHECK_INT(t, mbstowcs_l(wide, euro, 4, utf8), 1);
    CHECK_INT(t, mbstowcs_l(wide, euro, 4, c), 3);
    CHECK_INT(t, wcstombs_l(bytes, L"\x20ac", sizeof(bytes), utf8), 3);
    CHECK_INT(t, MB_CUR_MAX_L(utf8), 4);
    CHECK_INT(t, MB_CUR_MAX_L(c), 1);
    // The thread's own is what it was.
    CHECK_INT(t, MB_CUR_MAX, 1);
}

static void unicode(struct check *t) {
    locale_t c = newlocale(LC_ALL_MASK, "C", NULL), utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    const char *smile = "\xf0\x9f\x98\x80";
    mbstate_t state = {0};
    char16_t half = 0;
    char32_t whole = 0;
    char bytes[5] = "";
    CHECK_INT(t, mbrtoc32_l(&whole, smile, 4, &state, utf8), 4);
    CHECK_INT(t, whole, 0x1f600);
    CHECK_INT(t, mbrtoc32_l(&whole, smile, 4, &state, c), 1);
    CHECK_INT(t, mbrtoc16_l(&half, smile, 4, &state, utf8), 4);
    CHECK_INT(t, half, 0xd83d);
    CHECK_INT(t, mbrtoc16_l(&half, "", 0, &state, utf8), (size_t)-3);
    CHECK_INT(t, half, 0xde00);
    CHECK_INT(t, c16rtomb_l(bytes, 0xd83d, &state, utf8), 0);
    CHECK_INT(t, c16rtomb_l(bytes, 0xde00, &state, utf8), 4);
    CHECK_STR(t, bytes, smile);
    CHECK_INT(t, c32rtomb_l(bytes, 0x1f600, &state, utf8), 4);
    errno = 0;
    CHECK(t, c32rtomb_l(bytes, 0x1f600, &state, c) == (size_t)-1);
    CHECK_INT(t, errno, EILSEQ);
}

static void wide_characters(struct check *t) {
    locale_t c = newlocale(LC_ALL_MASK, "C", NULL), utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    static const char euros[] = "\xe2\x82\xac\xe2\x82\xac";
    mbstate_t state = {0};
    wchar_t wide[4] = L"";
    char bytes[8] = "";
    CHECK_INT(t, btowc_l(0xe2, utf8), WEOF);
    CHECK(t, btowc_l(0xe2, c) != WEOF);
    CHECK_INT(t, wctob_l(0x20ac, utf8), EOF);
    CHECK_INT(t, wctob_l('x', c), 'x');
    CHECK_INT(t, mbrlen_l(euros, 6, &state, utf8), 3);
    CHECK_INT(t, mbrlen_l(euros, 6, &state, c), 1);
    CHECK_INT(t, mbrtowc_l(wide, euros, 6, &state, utf8), 3);
    CHECK_INT(t, wide[0], 0x20ac);
    CHECK_INT(t, wcrtomb_l(bytes, 0x20ac, &state, utf8), 3);
    CHECK(t, memcmp(bytes, euros, 3) == 0);
    const char *text = euros;
    CHECK_INT(t, mbsrtowcs_l(wide, &text, 4, &state, utf8), 2);
    CHECK(t, text == NULL);
    text = euros;
    CHECK_INT(t, mbsnrtowcs_l(wide, &text, 3, 4, &state, utf8), 1);
    CHECK(t, text == euros + 3);
    const wchar_t *source = L"\x20ac\x20ac";
    CHECK_INT(t, wcsrtombs_l(bytes, &source, 8, &state, utf8), 6);
    CHECK_STR(t, bytes, euros);
    source = L"\x20ac\x20ac";
    CHECK_INT(t, wcsnrtombs_l(bytes, &source, 1, 8, &state, utf8), 3);
    CHECK(t, wcstod_l(L"2.5", NULL, utf8) == 2.5);
    CHECK(t, wcstof_l(L"2.5", NULL, utf8) == 2.5F);
    CHECK(t, wcstold_l(L"2.5", NULL, utf8) == 2.5L);
}

static void texts(struct check *t) {
    locale_t c = newlocale(LC_ALL_MASK, "C", NULL);
    struct tm date = {0};
    CHECK_STR(t, strsignal_l(SIGINT, c), strsignal(SIGINT));
    CHECK_STR(t, strptime_l("Mar", "%b", &date, c), "");
    CHECK_INT(t, date.tm_mon, 2);
}

static void radix_64(struct check *t) {
    char text[7];
    CHECK_INT(t, l64a_r(0, text, 7), 0);
    CHECK_STR(t, text, "");
    CHECK_INT(t, l64a_r(-1, text, 7), 0);
    CHECK_STR(t, text, "zzzzz1");
    CHECK_INT(t, a64l(text), -1);
    CHECK_INT(t, l64a_r(123456789, text, 7), 0);
    CHECK_INT(t, a64l(text), 123456789);
    CHECK_INT(t, l64a_r(-1, text, 6), -1);
    CHECK_INT(t, errno, ERANGE);
    CHECK_INT(t, l64a_r(64, text, 2), -1);
    CHECK_INT(t, l64a_r(0, text, 0), -1);
}

#define TESTS(X)                                                                                   \
    X(numbers)                                                                                     \
    X(characters)                                                                                  \
    X(unicode)                                                                                     \
    X(wide_characters)                                                                             \
    X(texts)                                                                                       \
    X(radix_64)
CHECK_MAIN(TESTS)
