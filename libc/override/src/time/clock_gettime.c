// SPDX-License-Identifier: BSD-2-Clause
// Reading a clock.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <stddef.h>
#include <time.h>

#include "failure.h"
#include "wait.h"

#define SAME(ours, theirs)                                                                         \
    (offsetof(struct timespec, ours) == offsetof(cloudabi_timespec_t, theirs) &&                   \
     sizeof(((struct timespec *)0)->ours) == sizeof(((cloudabi_timespec_t *)0)->theirs))
_Static_assert(SAME(tv_sec, sec) && SAME(tv_nsec, nsec) &&
                   sizeof(struct timespec) == sizeof(cloudabi_timespec_t),
               "the system fills C's structure");
_Static_assert(sizeof(cloudabi_timestamp_t) == sizeof(long), "tv_nsec can take a timestamp");

// On implementations of the ABI that have no clock_timespec_get. The number goes where a bad
// pointer is the system's to find.
static __attribute__((noinline)) int from_number(clockid_t clock, struct timespec *time) {
    cloudabi_timestamp_t *now = (cloudabi_timestamp_t *)&time->tv_nsec;
    cloudabi_errno_t error = cloudabi_sys_clock_time_get((cloudabi_clockid_t)clock, 1, now);
    if (error == 0)
        *time = __timespec_of(*now);
    return __result(error);
}

int __clock_gettime(clockid_t clock, struct timespec *time) {
    cloudabi_errno_t error =
        cloudabi_sys_clock_timespec_get((cloudabi_clockid_t)clock, (cloudabi_timespec_t *)time);
    if (__builtin_expect(error == ENOSYS, 0))
        return from_number(clock, time);
    return __result(error);
}

weak_alias(__clock_gettime, clock_gettime);
