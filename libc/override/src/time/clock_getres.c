// SPDX-License-Identifier: BSD-2-Clause
// The resolution of a clock.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <time.h>

#include "wait.h"

int clock_getres(clockid_t clock, struct timespec *resolution) {
    cloudabi_timestamp_t ticks;
    cloudabi_errno_t error = cloudabi_sys_clock_res_get((cloudabi_clockid_t)clock, &ticks);
    if (error != 0) {
        errno = error;
        return -1;
    }
    if (resolution != NULL)
        *resolution = __timespec_of(ticks);
    return 0;
}
