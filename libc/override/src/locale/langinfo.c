// SPDX-License-Identifier: BSD-2-Clause
// Facts about a locale. All are those of POSIX's own locale but the encoding's name. An item that
// does not exist is answered with "", where musl reads beside its tables for some numbers.

#define _GNU_SOURCE
#include <langinfo.h>
#include <locale.h>
#include <stddef.h>

#include "locale_impl.h"

enum { INDEX = 0xffff };
#define ITEM(item) [(item)&INDEX]

static const char *const numbers[] = {ITEM(RADIXCHAR) = ".", ITEM(THOUSEP) = ""};

static const char *const times[] = {
    ITEM(ABDAY_1) = "Sun",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    ITEM(DAY_1) = "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    ITEM(ABMON_1) = "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    ITEM(MON_1) = "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    ITEM(AM_STR) = "AM",
    ITEM(PM_STR) = "PM",
    ITEM(D_T_FMT) = "%a %b %e %H:%M:%S %Y",
    ITEM(D_FMT) = "%m/%d/%y",
    ITEM(T_FMT) = "%H:%M:%S",
    ITEM(T_FMT_AMPM) = "%I:%M:%S %p",
};

static const char *const money[] = {ITEM(CRNCYSTR) = "-"};

static const char *const messages[] = {ITEM(YESEXPR) = "^[yY]", ITEM(NOEXPR) = "^[nN]",
                                       ITEM(YESSTR) = "yes", ITEM(NOSTR) = "no"};

#define TABLE(names)                                                                               \
    { names, sizeof(names) / sizeof((names)[0]) }
static const struct {
    const char *const *names;
    size_t count;
} tables[LC_ALL] = {
    [LC_NUMERIC] = TABLE(numbers),
    [LC_TIME] = TABLE(times),
    [LC_MONETARY] = TABLE(money),
    [LC_MESSAGES] = TABLE(messages),
};

char *__nl_langinfo_l(nl_item item, locale_t locale) {
    const char *text = NULL;
    unsigned category = (unsigned)item >> 16, index = (unsigned)item & INDEX;
    if (item == CODESET)
        text = locale->cat[LC_CTYPE] != NULL ? "UTF-8" : "ASCII";
    else if (category < LC_ALL && index == INDEX) // NL_LOCALE_NAME()
        text = locale->cat[category] != NULL ? locale->cat[category]->name : "C";
    else if (category < LC_ALL && index < tables[category].count)
        text = tables[category].names[index];
    return (char *)(text != NULL ? text : "");
}

char *__nl_langinfo(nl_item item) {
    return __nl_langinfo_l(item, CURRENT_LOCALE);
}

weak_alias(__nl_langinfo, nl_langinfo);
weak_alias(__nl_langinfo_l, nl_langinfo_l);
