// SPDX-License-Identifier: BSD-2-Clause
// poll, and what both kinds of it share.

#include "polling.h"

#include "user.h"
#include "waiting.h"

void poll_event(const cloudabi_subscription_t *subscription, cloudabi_errno_t error,
                cloudabi_event_t *event) {
    memset(event, 0, sizeof(*event));
    event->userdata = subscription->userdata;
    event->error = error;
    event->type = subscription->type;
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

// Entry 0 is a lock or condition variable; the clock behind it may be null.
static void poll_wait(const cloudabi_subscription_t *entry, const cloudabi_subscription_t *clock,
                      cloudabi_event_t *event) {
    struct deadline deadline;
    if (clock != NULL) {
        uint64_t moment;
        cloudabi_errno_t error = poll_clock(clock, &deadline.realtime, &moment);
        if (error != 0) {
            poll_event(clock, error, event);
            return;
        }
        deadline.moment = timespec_from_ns(moment);
    }
    cloudabi_errno_t error = wait_for(entry, clock != NULL ? &deadline : NULL);
    if (error == CLOUDABI_ETIMEDOUT && clock != NULL)
        poll_event(clock, CLOUDABI_ESUCCESS, event);
    else
        poll_event(entry, error, event);
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
    cloudabi_subscription_t first[2];
    size_t known = nsubscriptions < 2 ? nsubscriptions : 2;
    // A lock that was taken and cannot be told about would be lost.
    if (!user_copy(first, in, known * sizeof(first[0])) || !user_can_put(out, sizeof(*out)) ||
        !user_can_put(nevents, sizeof(*nevents)))
        return CLOUDABI_EFAULT;
    if (!is_wait(&first[0]) || nsubscriptions > 2 ||
        (nsubscriptions == 2 && first[1].type != CLOUDABI_EVENTTYPE_CLOCK))
        return poll_fds(in, out, nsubscriptions, nevents);
    cloudabi_event_t event;
    poll_wait(&first[0], nsubscriptions == 2 ? &first[1] : NULL, &event);
    return user_copy(out, &event, sizeof(event)) && user_put64(nevents, 1) ? CLOUDABI_ESUCCESS
                                                                           : CLOUDABI_EFAULT;
}
