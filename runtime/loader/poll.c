// SPDX-License-Identifier: BSD-2-Clause
// poll, and what both kinds of it share.

#include "polling.h"

#include "waiting.h"

void poll_event(const cloudabi_subscription_t *subscription, cloudabi_errno_t error,
                cloudabi_event_t *event) {
    cloudabi_userdata_t userdata = subscription->userdata;
    cloudabi_eventtype_t type = subscription->type;
    memset(event, 0, sizeof(*event));
    event->userdata = userdata;
    event->error = error;
    event->type = type;
}

cloudabi_errno_t poll_clock(const cloudabi_subscription_t *clock, bool *realtime,
                            uint64_t *moment) {
    if ((clock->clock.flags & ~CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME) != 0)
        return CLOUDABI_EINVAL;
    switch (clock->clock.clock_id) {
    case CLOUDABI_CLOCK_MONOTONIC:
        *realtime = false;
        break;
    case CLOUDABI_CLOCK_REALTIME:
        *realtime = true;
        break;
    default:
        return CLOUDABI_ENOTSUP;
    }
    *moment = clock->clock.timeout;
    if ((clock->clock.flags & CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME) == 0) {
        // A span does not follow steps of the clock: it is measured on the monotonic one.
        *realtime = false;
        if (__builtin_add_overflow(clock_now(CLOCK_MONOTONIC), clock->clock.timeout, moment))
            *moment = UINT64_MAX;
    }
    return CLOUDABI_ESUCCESS;
}

static cloudabi_errno_t wait_for(const cloudabi_subscription_t *entry,
                                 const struct deadline *deadline) {
    if (entry->type == CLOUDABI_EVENTTYPE_CONDVAR)
        return condvar_wait(entry->condvar.condvar, entry->condvar.condvar_scope,
                            entry->condvar.lock, entry->condvar.lock_scope, deadline);
    return lock_acquire(entry->lock.lock, entry->lock.lock_scope,
                        entry->type == CLOUDABI_EVENTTYPE_LOCK_WRLOCK, deadline);
}

cloudabi_errno_t poll_wait(const cloudabi_subscription_t *in, cloudabi_event_t *out, size_t count,
                           size_t *nevents) {
    struct deadline deadline;
    const struct deadline *limit = NULL;
    *nevents = 1;
    // out may be the same memory as in.
    const cloudabi_subscription_t entry = in[0];
    cloudabi_subscription_t clock = {0};
    if (count == 2) {
        clock = in[1];
        uint64_t moment;
        cloudabi_errno_t error = poll_clock(&clock, &deadline.realtime, &moment);
        if (error != 0) {
            poll_event(&clock, error, out);
            return CLOUDABI_ESUCCESS;
        }
        deadline.moment = timespec_from_ns(moment);
        limit = &deadline;
    }
    cloudabi_errno_t error = wait_for(&entry, limit);
    if (error == CLOUDABI_ETIMEDOUT)
        poll_event(&clock, CLOUDABI_ESUCCESS, out);
    else
        poll_event(&entry, error, out);
    return CLOUDABI_ESUCCESS;
}

static bool is_wait(const cloudabi_subscription_t *entry) {
    return entry->type == CLOUDABI_EVENTTYPE_CONDVAR ||
           entry->type == CLOUDABI_EVENTTYPE_LOCK_RDLOCK ||
           entry->type == CLOUDABI_EVENTTYPE_LOCK_WRLOCK;
}

EXPORT cloudabi_errno_t cloudabi_sys_poll(const cloudabi_subscription_t *in, cloudabi_event_t *out,
                                          size_t nsubscriptions, size_t *nevents) {
    if (nsubscriptions == 0)
        return CLOUDABI_EINVAL;
    if (is_wait(&in[0]) &&
        (nsubscriptions == 1 || (nsubscriptions == 2 && in[1].type == CLOUDABI_EVENTTYPE_CLOCK)))
        return poll_wait(in, out, nsubscriptions, nevents);
    return poll_fds(in, out, nsubscriptions, nevents);
}
