// SPDX-License-Identifier: BSD-2-Clause
// After restricting, probe: each forbidden thing is tried once and must be refused, or the program
// is not started.
#ifndef CLOUDABI_SANDBOX_PROBE_H
#define CLOUDABI_SANDBOX_PROBE_H

#include <sys/types.h>

#include "failure.h"

// Before the system call filter, which would hide whether the layers below it hold.
int probe_layers(pid_t supervisor, struct failure *failure);

int probe_filter(struct failure *failure);

#endif
