/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting in the system for one thing, with an optional point in time at which to give up. */
#ifndef WAIT_H
#define WAIT_H

#include <cloudabi_types.h>
#include <features.h>
#include <stdbool.h>
#include <time.h>

/* Waits for `what` until `abstime` of `clock` (NULL: for ever). 0 or an errno value: ETIMEDOUT,
 * EINVAL for an impossible number of nanoseconds, or what the system says about `what`. */
hidden int __wait_until(const cloudabi_subscription_t *what, cloudabi_clockid_t clock,
                        const struct timespec *abstime);

#define NANOSECONDS 1000000000

/* False for an impossible number of nanoseconds. Times before the clock began become its
 * beginning, times that the ABI cannot express its end. */
static inline bool __timestamp_of(const struct timespec *time, cloudabi_timestamp_t *timestamp) {
    if (time->tv_nsec < 0 || time->tv_nsec >= NANOSECONDS)
        return false;
    cloudabi_timestamp_t seconds = time->tv_sec < 0 ? 0 : (cloudabi_timestamp_t)time->tv_sec;
    cloudabi_timestamp_t rest = time->tv_sec < 0 ? 0 : (cloudabi_timestamp_t)time->tv_nsec;
    if (__builtin_mul_overflow(seconds, NANOSECONDS, timestamp) ||
        __builtin_add_overflow(*timestamp, rest, timestamp))
        *timestamp = UINT64_MAX;
    return true;
}

static inline struct timespec __timespec_of(cloudabi_timestamp_t timestamp) {
    return (struct timespec){.tv_sec = (time_t)(timestamp / NANOSECONDS),
                             .tv_nsec = (long)(timestamp % NANOSECONDS)};
}

#endif
