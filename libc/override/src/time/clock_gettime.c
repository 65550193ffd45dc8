// SPDX-License-Identifier: BSD-2-Clause
// Reading a clock.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <stdatomic.h>
#include <time.h>

#include "wait.h"

_Static_assert(sizeof(cloudabi_timestamp_t) == sizeof(long), "tv_nsec can take a timestamp");

// The second that each clock was last seen in: mostly it still is, and nothing has to be divided.
static _Atomic(time_t) seen[CLOUDABI_CLOCK_THREAD_CPUTIME_ID + 1];

int __clock_gettime(clockid_t clock, struct timespec *time) {
    // Not through a variable of this function: one whose address is given away costs a frame on
    // the second stack and a look at its guard, more than all else that is done here.
    cloudabi_timestamp_t *now = (cloudabi_timestamp_t *)&time->tv_nsec;
    cloudabi_errno_t error = cloudabi_sys_clock_time_get((cloudabi_clockid_t)clock, 1, now);
    if (error != 0) {
        errno = error;
        return -1;
    }
    // Where the call succeeds, the number is one of the four.
    time_t second = atomic_load_explicit(&seen[clock], memory_order_relaxed);
    cloudabi_timestamp_t rest = *now - (cloudabi_timestamp_t)second * NANOSECONDS;
    if (rest < NANOSECONDS) {
        time->tv_sec = second;
        time->tv_nsec = (long)rest;
    } else {
        *time = __timespec_of(*now);
        atomic_store_explicit(&seen[clock], time->tv_sec, memory_order_relaxed);
    }
    return 0;
}

weak_alias(__clock_gettime, clock_gettime);
