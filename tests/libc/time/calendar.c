// SPDX-License-Identifier: BSD-2-Clause
// Dates. There is one time zone, UTC.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <time.h>

#include "check.h"

static const time_t moment = 1234567890; // 2009-02-13 23:31:30, a Friday

static void broken_down(struct check *t) {
    struct tm utc, local;
    CHECK(t, gmtime_r(&moment, &utc) == &utc);
    CHECK_INT(t, utc.tm_year, 109);
    CHECK_INT(t, utc.tm_mon, 1);
    CHECK_INT(t, utc.tm_mday, 13);
    CHECK_INT(t, utc.tm_hour, 23);
    CHECK_INT(t, utc.tm_wday, 5);
    CHECK_INT(t, utc.tm_yday, 43);
    CHECK(t, localtime_r(&moment, &local) == &local);
    CHECK_INT(t, local.tm_hour, 23);
    CHECK_INT(t, local.tm_isdst, 0);
    CHECK_INT(t, local.tm_gmtoff, 0);
    CHECK_STR(t, local.tm_zone, "UTC");
    CHECK_INT(t, mktime(&local), moment);
    CHECK_INT(t, timegm(&utc), moment);
    tzset();
    CHECK_INT(t, timezone, 0);
    CHECK_INT(t, daylight, 0);
    CHECK_STR(t, tzname[0], "UTC");
    time_t beyond = LLONG_MAX;
    CHECK(t, gmtime_r(&beyond, &utc) == NULL);
    CHECK_INT(t, errno, EOVERFLOW);
}

static void normalised(struct check *t) {
    struct tm date = {.tm_year = 100, .tm_mon = 13, .tm_mday = 30, .tm_hour = -1, .tm_isdst = 1};
    CHECK_INT(t, mktime(&date), 983487600);
    CHECK_INT(t, date.tm_year, 101);
    CHECK_INT(t, date.tm_mon, 2);
    CHECK_INT(t, date.tm_mday, 1);
    CHECK_INT(t, date.tm_hour, 23);
    CHECK_INT(t, date.tm_isdst, 0);
}

static void as_text(struct check *t) {
    struct tm date;
    char text[100], standard[26];
    gmtime_r(&moment, &date);
    CHECK(t, strftime(text, sizeof(text), "%Y-%m-%d %T %Z %z %a %B", &date) > 0);
    CHECK_STR(t, text, "2009-02-13 23:31:30 UTC +0000 Fri February");
    CHECK(t, strftime_l(text, sizeof(text), "%c", &date, newlocale(LC_ALL_MASK, "C", NULL)) > 0);
    CHECK_STR(t, text, "Fri Feb 13 23:31:30 2009");
    CHECK_INT(t, strftime(text, 3, "%Y", &date), 0);
    CHECK(t, asctime_r(&date, standard) == standard);
    CHECK_STR(t, standard, "Fri Feb 13 23:31:30 2009\n");
    CHECK_STR(t, ctime_r(&moment, standard), "Fri Feb 13 23:31:30 2009\n");
}

static void from_text(struct check *t) {
    struct tm date = {0};
    const char *end = strptime("13 Feb 2009, 23:31:30 rest", "%d %b %Y, %T", &date);
    CHECK_REQUIRE(t, end != NULL);
    CHECK_STR(t, end, " rest");
    CHECK_INT(t, timegm(&date), moment);
    CHECK(t, strptime("31 Foo", "%d %b", &date) == NULL);
    CHECK(t, difftime(moment, moment - 5) == 5.0);
}

#define TESTS(X)                                                                                   \
    X(broken_down)                                                                                 \
    X(normalised)                                                                                  \
    X(as_text)                                                                                     \
    X(from_text)
CHECK_MAIN(TESTS)
