// SPDX-License-Identifier: BSD-2-Clause
// Sleeping, with errno.

#include <errno.h>
#include <time.h>

int nanosleep(const struct timespec *time, struct timespec *left) {
    int error = __clock_nanosleep(CLOCK_REALTIME, 0, time, left);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
