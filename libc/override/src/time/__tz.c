// SPDX-License-Identifier: BSD-2-Clause
// The one time zone there is: UTC. Others are files and environment variables.

#include <features.h>
#include <time.h>

#include "time_impl.h"

long __timezone;
int __daylight;
char *__tzname[2] = {(char *)"UTC", (char *)"UTC"};
const char __utc[] = "UTC";

weak_alias(__timezone, timezone);
weak_alias(__daylight, daylight);
weak_alias(__tzname, tzname);

void __tzset(void) {}
weak_alias(__tzset, tzset);

void __secs_to_zone(long long seconds, int local, int *isdst, long *offset, long *opposite,
                    const char **name) {
    (void)seconds, (void)local;
    *isdst = 0;
    *offset = 0;
    if (opposite != NULL)
        *opposite = 0;
    *name = __utc;
}

const char *__tm_to_tzname(const struct tm *time) {
    return time->__tm_zone == __utc ? __utc : "";
}
