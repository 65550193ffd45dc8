// SPDX-License-Identifier: BSD-2-Clause
// The descriptor of a system call filter, through which the calls that it leaves open are answered.
#ifndef CLOUDABI_SANDBOX_LISTENER_H
#define CLOUDABI_SANDBOX_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "strict/caller.h"

// The end of a channel for one byte and at most one such descriptor. -1: there was none.
int listener_send(int channel, int listener);
int listener_receive(int channel);

// Answers one waiting call with what `perform` returns. False: there was none after all.
bool listener_serve(int listener, int64_t (*perform)(const struct caller *caller));

#endif
