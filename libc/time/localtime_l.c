// SPDX-License-Identifier: BSD-2-Clause
// No locale has a time zone of its own: the calendar is that of UTC.

#define _GNU_SOURCE
#include <errno.h>
#include <time.h>

int localtime_l(const struct timespec *restrict time, struct tm *restrict date, locale_t locale) {
    return gmtime_r(&time->tv_sec, date) != NULL ? 0 : EOVERFLOW;
}

int mktime_l(const struct tm *restrict date, locale_t locale, struct timespec *restrict time) {
    struct tm copy = *date;
    int before = errno;
    errno = 0;
    time_t seconds = timegm(&copy);
    int error = seconds == -1 ? errno : 0;
    errno = before;
    if (error == 0)
        *time = (struct timespec){.tv_sec = seconds};
    return error;
}
