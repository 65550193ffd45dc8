// SPDX-License-Identifier: BSD-2-Clause
// The two kinds of poll.
#ifndef LOADER_POLLING_H
#define LOADER_POLLING_H

#include "loader.h"

// Whether entry i is a valid clock; 0 or the error for its event. *realtime and *moment (in
// nanoseconds of that clock, saturated) say when it fires.
cloudabi_errno_t poll_clock(const cloudabi_subscription_t *clock, bool *realtime, uint64_t *moment);
// An event for this subscription, without more.
void poll_event(const cloudabi_subscription_t *subscription, cloudabi_errno_t error,
                cloudabi_event_t *event);

// poll_fds.c: on anything but a lock or condition variable.
cloudabi_errno_t poll_fds(const cloudabi_subscription_t *in, cloudabi_event_t *out, size_t count,
                          size_t *nevents);

#endif
