// SPDX-License-Identifier: BSD-2-Clause
// Reading a clock.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <time.h>

#include "wait.h"

int __clock_gettime(clockid_t clock, struct timespec *time) {
    cloudabi_timestamp_t now;
    cloudabi_errno_t error = cloudabi_sys_clock_time_get((cloudabi_clockid_t)clock, 1, &now);
    if (error != 0) {
        errno = error;
        return -1;
    }
    *time = __timespec_of(now);
    return 0;
}

weak_alias(__clock_gettime, clock_gettime);
