// SPDX-License-Identifier: BSD-2-Clause
// Waiting for a lock, a condition variable or a time: one poll of at most two subscriptions.

#include "wait.h"

#include <cloudabi_syscalls.h>
#include <errno.h>

int __wait_until(const cloudabi_subscription_t *what, cloudabi_clockid_t clock,
                 const struct timespec *abstime) {
    cloudabi_subscription_t subscriptions[2] = {*what, {.type = CLOUDABI_EVENTTYPE_CLOCK}};
    size_t count = 1;
    if (abstime != NULL) {
        subscriptions[1].clock.clock_id = clock;
        subscriptions[1].clock.flags = CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME;
        if (!__timestamp_of(abstime, &subscriptions[1].clock.timeout))
            return EINVAL;
        count = 2;
    }
    cloudabi_event_t events[2];
    size_t fired;
    cloudabi_errno_t error = cloudabi_sys_poll(subscriptions, events, count, &fired);
    if (error != 0)
        return error;
    if (events[0].error != 0)
        return events[0].error;
    return events[0].type == CLOUDABI_EVENTTYPE_CLOCK ? ETIMEDOUT : 0;
}
