// SPDX-License-Identifier: BSD-2-Clause
// Amounts of money, narrow and wide.

#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <monetary.h>
#include <stdarg.h>
#include <wchar.h>

#include "check.h"

static const struct {
    const char *format;
    double amount;
    const char *text; // NULL for EINVAL
} cases[] = {
    {"%n", 1234.567, "1234.57"},
    {"%i", -1234.5, "-1234.50"},
    {"<%11n>", 123.45, "<     123.45>"},
    {"<%-11n>", 123.45, "<123.45     >"},
    {"<%#5n>", -123.45, "<-  123.45>"},
    {"<%#5n>", 123.45, "<   123.45>"},
    {"<%=*#5n>", 123.45, "< **123.45>"},
    {"<%=0#5n>", -3456.781, "<-03456.78>"},
    {"<%^#5.0n>", 3456.781, "<  3457>"},
    {"<%.4n>", 0.00005, "<0.0001>"},
    {"<%(n>", -7, "<(7.00)>"},
    {"<%(n>", 7, "<7.00>"},
    {"<%(#3n>", 7, "<   7.00 >"},
    {"<%(#3n>", -7, "<(  7.00)>"},
    {"<%+n>", -7, "<-7.00>"},
    {"<%!n>", 7, "<7.00>"},
    {"<%-12.1n>%%", -1e9, "<-1000000000.0>%"},
    {"<%(+n>", 7, NULL},
    {"<%d>", 7, NULL},
    {"<%", 7, NULL},
    {"<%=", 7, NULL},
    {"<%99999999999n>", 7, NULL},
};

static void formats(struct check *t) {
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        char text[64];
        check_context(t, cases[i].format);
        errno = 0;
        ssize_t length = strfmon(text, sizeof(text), cases[i].format, cases[i].amount);
        if (cases[i].text == NULL) {
            CHECK(t, length == -1 && errno == EINVAL);
        } else if (CHECK_INT(t, length, strlen(cases[i].text))) {
            CHECK_STR(t, text, cases[i].text);
        }
    }
}

static void wide_formats(struct check *t) {
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        wchar_t format[32], text[64], expected[64];
        check_context(t, cases[i].format);
        mbstowcs(format, cases[i].format, 32);
        errno = 0;
        ssize_t length = wcsfmon(text, 64, format, cases[i].amount);
        if (cases[i].text == NULL) {
            CHECK(t, length == -1 && errno == EINVAL);
        } else if (CHECK_INT(t, length, mbstowcs(expected, cases[i].text, 64))) {
            CHECK(t, wcscmp(text, expected) == 0);
        }
    }
    wchar_t text[16];
    CHECK_INT(t, wcsfmon(text, 16, L"%=\u20ac#4n", 12.0), 8);
    CHECK(t, wcscmp(text, L" \u20ac\u20ac12.00") == 0);
}

static void space(struct check *t) {
    char text[8] = "xxxxxxx";
    CHECK_INT(t, strfmon(text, 5, "%n", 1.5), 4);
    CHECK_STR(t, text, "1.50");
    CHECK(t, strfmon(text, 4, "%n", 1.5) == -1 && errno == E2BIG);
    CHECK_INT(t, strfmon(text, 1, ""), 0);
    CHECK(t, strfmon(text, 0, "") == -1 && errno == E2BIG);
    CHECK(t, strfmon(text, 8, "%2147483647n", 1.5) == -1 && errno == E2BIG);
    wchar_t wide[5];
    CHECK_INT(t, wcsfmon(wide, 5, L"%n", 1.5), 4);
    CHECK(t, wcsfmon(wide, 4, L"%n", 1.5) == -1 && errno == E2BIG);
}

static ssize_t narrow(char *text, locale_t locale, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    char other[32];
    ssize_t length = vstrfmon(text, 32, format, arguments);
    ssize_t same = vstrfmon_l(other, 32, locale, format, again);
    va_end(again);
    va_end(arguments);
    return length == same && strcmp(text, other) == 0 ? length : -2;
}

static ssize_t wide(wchar_t *text, locale_t locale, const wchar_t *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    wchar_t other[32];
    ssize_t length = vwcsfmon(text, 32, format, arguments);
    ssize_t same = vwcsfmon_l(other, 32, locale, format, again);
    va_end(again);
    va_end(arguments);
    return length == same && wcscmp(text, other) == 0 ? length : -2;
}

static void variants(struct check *t) {
    locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, locale != (locale_t)0);
    char text[32];
    CHECK_INT(t, strfmon_l(text, 32, locale, "%n and %n", 1.0, -2.0), 14);
    CHECK_STR(t, text, "1.00 and -2.00");
    CHECK_INT(t, narrow(text, locale, "%.1n;%.0n", 1.25, 3.0), 5);
    CHECK_STR(t, text, "1.2;3");
    wchar_t characters[32];
    CHECK_INT(t, wcsfmon_l(characters, 32, locale, L"%n and %n", 1.0, -2.0), 14);
    CHECK(t, wcscmp(characters, L"1.00 and -2.00") == 0);
    CHECK_INT(t, wide(characters, locale, L"%.1n;%.0n", 1.25, 3.0), 5);
    CHECK(t, wcscmp(characters, L"1.2;3") == 0);
    freelocale(locale);
}

#define TESTS(X) X(formats) X(wide_formats) X(space) X(variants)
CHECK_MAIN(TESTS)
