// SPDX-License-Identifier: BSD-2-Clause
// The descriptor of a system call filter, through which the calls that it leaves open are answered.
#ifndef CLOUDABI_SANDBOX_LISTENER_H
#define CLOUDABI_SANDBOX_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "strict/caller.h"

// In strict mode, from the worker to its supervisor. Sending returns 0 or -1; receiving the
// descriptor, or -1 when the other end was closed without, or this process may have no more.
int channel_send(int channel, int listener);
int channel_receive(int channel);

// Answers one waiting call with what `perform` returns. False: there was none after all.
bool listener_serve(int listener, int64_t (*perform)(const struct caller *caller));

#endif
