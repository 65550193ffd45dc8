// SPDX-License-Identifier: BSD-2-Clause
// Sleeping: a poll for a time. Nothing can interrupt it, so what is left is never told.

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <time.h>

#include "wait.h"

int __clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                      struct timespec *left) {
    (void)left;
    bool absolute = flags & TIMER_ABSTIME;
    cloudabi_subscription_t subscription = {.type = CLOUDABI_EVENTTYPE_CLOCK};
    // Setting the clock must not change how long a stretch of time is.
    subscription.clock.clock_id =
        !absolute && clock == CLOCK_REALTIME ? CLOUDABI_CLOCK_MONOTONIC : (cloudabi_clockid_t)clock;
    subscription.clock.flags = absolute ? CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME : 0;
    if (clock == CLOCK_THREAD_CPUTIME_ID || (!absolute && time->tv_sec < 0) ||
        !__timestamp_of(time, &subscription.clock.timeout))
        return EINVAL;
    cloudabi_event_t event;
    size_t fired;
    cloudabi_errno_t error = cloudabi_sys_poll(&subscription, &event, 1, &fired);
    return error != 0 ? error : event.error;
}

weak_alias(__clock_nanosleep, clock_nanosleep);
