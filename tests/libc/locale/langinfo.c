// SPDX-License-Identifier: BSD-2-Clause
// nl_langinfo(), in the thread's locale.

#define _GNU_SOURCE
#include <langinfo.h>
#include <limits.h>
#include <locale.h>

#include "check.h"

static void facts(struct check *t) {
    CHECK_STR(t, nl_langinfo(RADIXCHAR), ".");
    CHECK_STR(t, nl_langinfo(THOUSEP), "");
    CHECK_STR(t, nl_langinfo(DAY_1), "Sunday");
    CHECK_STR(t, nl_langinfo(ABDAY_7), "Sat");
    CHECK_STR(t, nl_langinfo(MON_12), "December");
    CHECK_STR(t, nl_langinfo(ABMON_1), "Jan");
    CHECK_STR(t, nl_langinfo(PM_STR), "PM");
    CHECK_STR(t, nl_langinfo(D_FMT), "%m/%d/%y");
    CHECK_STR(t, nl_langinfo(YESEXPR), "^[yY]");
    CHECK_STR(t, nl_langinfo(ALT_DIGITS), "");
    CHECK_STR(t, nl_langinfo(CRNCYSTR), "-");
}

static void items_that_do_not_exist(struct check *t) {
    static const nl_item items[] = {-1, INT_MIN, INT_MAX, 0x10002, 0x20032, 0x50004, 0x6ffff};
    for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); ++i)
        CHECK_STR(t, nl_langinfo(items[i]), "");
}

static void encoding(struct check *t) {
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    CHECK_REQUIRE(t, utf8 != (locale_t)0);
    locale_t before = uselocale(utf8);
    CHECK_STR(t, nl_langinfo(CODESET), "UTF-8");
    CHECK_STR(t, nl_langinfo(MON_5), "May");
    CHECK_STR(t, nl_langinfo(NL_LOCALE_NAME(LC_CTYPE)), "C.UTF-8");
    uselocale(before);
    CHECK_STR(t, nl_langinfo(CODESET), "ASCII");
    freelocale(utf8);
}

#define TESTS(X) X(facts) X(items_that_do_not_exist) X(encoding)
CHECK_MAIN(TESTS)
