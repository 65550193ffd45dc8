// SPDX-License-Identifier: BSD-2-Clause
// The calendar in a given locale, and dates in wide characters.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <time.h>
#include <wchar.h>

#include "check.h"

static const struct tm date = {.tm_year = 100,
                               .tm_mon = 1,
                               .tm_mday = 29,
                               .tm_hour = 12,
                               .tm_min = 34,
                               .tm_sec = 56,
                               .tm_wday = 2,
                               .tm_yday = 59};
#define SECONDS 951827696

static void calendar(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    struct timespec time = {SECONDS, 999999999};
    struct tm found;
    CHECK_INT(t, localtime_l(&time, &found, locale), 0);
    CHECK(t, found.tm_year == 100 && found.tm_mon == 1 && found.tm_mday == 29);
    CHECK(t, found.tm_hour == 12 && found.tm_min == 34 && found.tm_sec == 56);
    CHECK(t, found.tm_wday == 2 && found.tm_yday == 59 && found.tm_isdst == 0);
    CHECK_INT(t, mktime_l(&date, locale, &time), 0);
    CHECK_INT(t, time.tv_sec, SECONDS);
    CHECK_INT(t, time.tv_nsec, 0);
    struct tm unusual = {
        .tm_year = 69, .tm_mon = 11, .tm_mday = 31, .tm_hour = 23, .tm_min = 59, .tm_sec = 59};
    CHECK_INT(t, mktime_l(&unusual, locale, &time), 0);
    CHECK_INT(t, time.tv_sec, -1);
    unusual = (struct tm){.tm_year = 70, .tm_mon = 12, .tm_mday = 1};
    CHECK_INT(t, mktime_l(&unusual, locale, &time), 0);
    CHECK_INT(t, time.tv_sec, 365 * 86400);
    CHECK_INT(t, unusual.tm_mon, 12);
    time.tv_sec = LLONG_MAX;
    errno = 0;
    CHECK_INT(t, localtime_l(&time, &found, locale), EOVERFLOW);
    freelocale(locale);
}

static void wide_dates(struct check *t) {
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    locale_t bytes = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    wchar_t text[64];
    CHECK_INT(t, wcsftime(text, 64, L"%Y-%m-%d %H:%M:%S", &date), 19);
    CHECK(t, wcscmp(text, L"2000-02-29 12:34:56") == 0);
    CHECK_INT(t, wcsftime(text, 5, L"%Y-%m", &date), 0);
    CHECK_INT(t, wcsftime_l(text, 64, L"\u20ac%A", &date, utf8), 8);
    CHECK(t, wcscmp(text, L"\u20acTuesday") == 0);

    struct tm found = {0};
    const wchar_t *input = L"29 Feb 2000, rest";
    CHECK(t, wcsptime(input, L"%d %b %Y", &found) == input + 11);
    CHECK(t, found.tm_year == 100 && found.tm_mon == 1 && found.tm_mday == 29);
    input = L"2001\u20ac\u20ac";
    CHECK(t, wcsptime_l(input, L"%Y\u20ac", &found, utf8) == input + 5);
    CHECK_INT(t, found.tm_year, 101);
    CHECK(t, wcsptime_l(input, L"%Y", &found, bytes) == input + 4);
    CHECK(t, wcsptime_l(input, L"%Y\u20ac", &found, bytes) == NULL);
    CHECK(t, wcsptime(L"today", L"%Y", &found) == NULL);
    freelocale(utf8);
    freelocale(bytes);
}

#define TESTS(X) X(calendar) X(wide_dates)
CHECK_MAIN(TESTS)
