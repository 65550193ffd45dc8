// SPDX-License-Identifier: BSD-2-Clause
// The text of a !!timestamp: ISO 8601 with the liberties that YAML 1.1 takes.
#include <string.h>

#include "scalar.h"

// Reads between `least` and `most` digits.
static bool number(const char **next, unsigned least, unsigned most, int *value) {
    unsigned count = 0;
    *value = 0;
    while (count < most && **next >= '0' && **next <= '9') {
        *value = *value * 10 + (*(*next)++ - '0');
        count++;
    }
    return count >= least;
}

static bool literal(const char **next, char c) {
    if (**next != c)
        return false;
    (*next)++;
    return true;
}

static void skip_blanks(const char **next) {
    while (**next == ' ' || **next == '\t')
        (*next)++;
}

static bool fraction(const char **next, long *nanoseconds) {
    *nanoseconds = 0;
    if (!literal(next, '.'))
        return true;
    const char *start = *next;
    int digits;
    if (!number(next, 0, 9, &digits))
        return false;
    *nanoseconds = digits;
    for (size_t i = (size_t)(*next - start); i < 9; i++)
        *nanoseconds *= 10;
    return true;
}

// Seconds to subtract for the zone.
static bool zone(const char **next, int *seconds) {
    *seconds = 0;
    skip_blanks(next);
    if (**next == '\0' || literal(next, 'Z'))
        return true;
    int sign = literal(next, '-') ? -1 : 1;
    int hours, minutes = 0;
    if (sign == 1 && !literal(next, '+'))
        return false;
    if (!number(next, 1, 2, &hours) || hours > 23)
        return false;
    if (literal(next, ':') && !number(next, 2, 2, &minutes))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return minutes < 60;
}

static bool time_of_day(const char **next, struct tm *parts, long *nanoseconds, int *offset) {
    if (!literal(next, 'T') && !literal(next, 't')) {
        if (**next != ' ' && **next != '\t')
            return false;
        skip_blanks(next);
    }
    return number(next, 1, 2, &parts->tm_hour) && parts->tm_hour < 24 && literal(next, ':') &&
           number(next, 2, 2, &parts->tm_min) && parts->tm_min < 60 && literal(next, ':') &&
           number(next, 2, 2, &parts->tm_sec) && parts->tm_sec < 60 &&
           fraction(next, nanoseconds) && zone(next, offset);
}

bool scalar_timestamp(const char *text, size_t length, struct timespec *value) {
    struct tm parts = {0};
    const char *next = text;
    long nanoseconds = 0;
    int offset = 0, year, month, day;
    if (!number(&next, 4, 4, &year) || !literal(&next, '-') || !number(&next, 1, 2, &month) ||
        !literal(&next, '-') || !number(&next, 1, 2, &day))
        return false;
    if ((size_t)(next - text) < length && !time_of_day(&next, &parts, &nanoseconds, &offset))
        return false;
    if ((size_t)(next - text) != length)
        return false;
    parts.tm_year = year - 1900;
    parts.tm_mon = month - 1;
    parts.tm_mday = day;
    // timegm() would turn 30 February into a day of March.
    struct tm copy = parts;
    time_t seconds = timegm(&copy);
    if (copy.tm_mon != parts.tm_mon || copy.tm_mday != parts.tm_mday ||
        copy.tm_year != parts.tm_year)
        return false;
    *value = (struct timespec){.tv_sec = seconds - offset, .tv_nsec = nanoseconds};
    return true;
}
