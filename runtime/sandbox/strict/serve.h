// SPDX-License-Identifier: BSD-2-Clause
// Strict mode, on the supervisor's side.
#ifndef CLOUDABI_SANDBOX_SERVE_H
#define CLOUDABI_SANDBOX_SERVE_H

#include <stdbool.h>

#include "../sandbox.h"

// Opens the granted directories and writes its rights on each descriptor, before the worker is
// made. Returns 0, or -1 with the failure filled.
int strict_prepare(const struct sandbox *sandbox, struct failure *failure);

// The first of it alone, which serves without a supervisor too.
int strict_open_directories(const struct grants *grants, struct failure *failure);

// From now on threads of this process answer the calls that wait, until nobody is left to ask.
// Returns 0, or -1 with the failure filled.
int strict_serve(int listener, struct failure *failure);

// Whether those threads are done, as they are a moment after nobody is left, unless one hangs.
bool strict_served(void);

// Sets this process's effective capabilities aside, so that it acts with no more than the user's
// permissions, and takes them up again.
int strict_lower(struct failure *failure);
void strict_raise(void);

#endif
