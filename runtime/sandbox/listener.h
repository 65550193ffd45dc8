// SPDX-License-Identifier: BSD-2-Clause
// The descriptor of a system call filter, through which the calls that it leaves open are answered.
#ifndef CLOUDABI_SANDBOX_LISTENER_H
#define CLOUDABI_SANDBOX_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "strict/caller.h"

// What the worker sends its supervisor through the channel: descriptors, and at last the listener.
int channel_send(int channel, const int *fds, size_t count);
int channel_send_listener(int channel, int listener);

struct received {
    int listener; // -1: the channel was closed without
    int *fds;     // what came before, in order; to be freed
    size_t count;
};

// Returns when the listener is there or the other end closed. Memory that cannot be had, and more
// descriptors than this process may have, look like a channel that was closed.
struct received channel_receive(int channel);

// Answers one waiting call with what `perform` returns. False: there was none after all.
bool listener_serve(int listener, int64_t (*perform)(const struct caller *caller));

#endif
