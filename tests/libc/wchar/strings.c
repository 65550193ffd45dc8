// SPDX-License-Identifier: BSD-2-Clause
// Wide strings: copying, comparing, numbers.

#define _GNU_SOURCE
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <wchar.h>

#include "check.h"

static void copying(struct check *t) {
    wchar_t data[8];
    wmemset(data, L'x', 8);
    CHECK(t, wcsncpy(data, L"ab", 4) == data);
    CHECK(t, wmemcmp(data, L"ab\0\0xxxx", 8) == 0);
    CHECK(t, wcsncpy(data, L"abcdef", 3) == data);
    CHECK(t, wmemcmp(data, L"abc\0xxxx", 8) == 0);
    CHECK(t, wcpncpy(data, L"yz", 4) == data + 2);
    CHECK(t, wmemcmp(data, L"yz\0\0xxxx", 8) == 0);
    CHECK(t, wcpncpy(data, L"12345", 4) == data + 4);
    CHECK(t, wmemcmp(data, L"1234xxxx", 8) == 0);
    CHECK(t, wmemcpy(data, L"\0\x10ffff", 2) == data);
    CHECK(t, wmemcmp(data,
                     L"\0\x10ffff"
                     L"34",
                     4) == 0);
    CHECK(t, wmemmove(data + 1, data, 5) == data + 1);
    CHECK(t, wmemcmp(data,
                     L"\0\0\x10ffff"
                     L"34xxx",
                     8) == 0);
    CHECK(t, wmemmove(data, data + 2, 3) == data);
    CHECK(t, wmemcmp(data,
                     L"\x10ffff"
                     L"3434xxx",
                     8) == 0);
}

static int sign(int value) {
    return (value > 0) - (value < 0);
}

static void comparing(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    static const struct {
        const wchar_t *a, *b;
        int exact, folded;
    } cases[] = {
        {L"", L"", 0, 0},
        {L"abc", L"abd", -1, -1},
        {L"abc", L"ab", 1, 1},
        {L"\u20ac", L"z", 1, 1},
        {L"StRaSSe", L"sTrAssE", -1, 0},
        {L"\u00c9\u0416", L"\u00e9\u0436", -1, 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        const wchar_t *a = cases[i].a, *b = cases[i].b;
        CHECK_INT(t, sign(wcscoll(a, b)), cases[i].exact);
        CHECK_INT(t, sign(wcscoll_l(b, a, locale)), -cases[i].exact);
        CHECK_INT(t, sign(wcscasecmp(a, b)), cases[i].folded);
        CHECK_INT(t, sign(wcscasecmp_l(b, a, locale)), -cases[i].folded);
        CHECK_INT(t, sign(wcsncasecmp(a, b, 9)), cases[i].folded);
        CHECK_INT(t, sign(wcsncasecmp_l(b, a, 9, locale)), -cases[i].folded);
        wchar_t x[16], y[16];
        size_t length = wcsxfrm(x, a, 16);
        CHECK(t, length < 16 && wcsxfrm(NULL, a, 0) == length);
        CHECK(t, wcsxfrm_l(y, b, 16, locale) < 16);
        CHECK_INT(t, sign(wcscmp(x, y)), cases[i].exact);
    }
    CHECK_INT(t, wcsncasecmp(L"abX", L"ABy", 2), 0);
    CHECK_INT(t, wcsncasecmp_l(L"abX", L"ABy", 0, locale), 0);
    freelocale(locale);
}

// In ascending order.
static void versions(struct check *t) {
    static const wchar_t *const names[] = {
        L"",  L"000", L"00",  L"01",    L"010",   L"09",    L"0",     L"1",    L"9",      L"10",
        L"a", L"a00", L"a01", L"a0.9a", L"a1.5b", L"a1.5c", L"a1.15", L"a2.0", L"a10.11", L"b"};
    int count = sizeof(names) / sizeof(names[0]);
    for (int i = 0; i < count; ++i)
        for (int j = 0; j < count; ++j)
            if (sign(wcsverscmp(names[i], names[j])) != sign(i - j))
                check_fail(t, __FILE__, __LINE__, "%ls and %ls", names[i], names[j]);
}

static void searching(struct check *t) {
    const wchar_t *text = L"abcabd";
    CHECK(t, wcswcs(text, L"abd") == text + 3);
    CHECK(t, wcswcs(text, L"") == text);
    CHECK(t, wcswcs(text, L"abe") == NULL);
}

static void numbers(struct check *t) {
    wchar_t *end;
    const wchar_t *text = L"  1.25e2xyz";
    CHECK(t, wcstof(text, &end) == 125 && end == text + 8);
    CHECK(t, wcstold(L"0x1.8p-1\u20ac", &end) == 0.75L && *end == L'\u20ac');
    CHECK(t, wcstold(L"0.1", NULL) == 0.1L);
    CHECK(t, isnan(wcstof(L"nan", NULL)) && wcstold(L"-infinity", NULL) == -HUGE_VALL);
    errno = 0;
    CHECK(t, wcstof(L"1e39", NULL) == HUGE_VALF && errno == ERANGE);
    text = L"\u20ac";
    CHECK(t, wcstof(text, &end) == 0 && end == text);
    CHECK(t, wcstoull(L"18446744073709551615", NULL, 10) == UINT64_MAX);
    CHECK(t, wcstoumax(L"ffffffffffffffff!", &end, 16) == UINTMAX_MAX && *end == L'!');
    errno = 0;
    CHECK(t, wcstoull(L"18446744073709551616", NULL, 10) == UINT64_MAX && errno == ERANGE);
    CHECK_INT(t, wcstoimax(L"-0777", NULL, 0), -511);
    errno = 0;
    CHECK(t, wcstoimax(L"-9223372036854775809", NULL, 10) == INTMAX_MIN && errno == ERANGE);
    CHECK(t, wcstoumax(L"-1", NULL, 10) == UINTMAX_MAX);
}

#define TESTS(X) X(copying) X(comparing) X(versions) X(searching) X(numbers)
CHECK_MAIN(TESTS)
