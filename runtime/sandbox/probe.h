// SPDX-License-Identifier: BSD-2-Clause
// After restricting, probe: each forbidden thing is tried once and must be refused, or the program
// is not started.
#ifndef CLOUDABI_SANDBOX_PROBE_H
#define CLOUDABI_SANDBOX_PROBE_H

#include <stdbool.h>
#include <sys/types.h>

#include "failure.h"
#include "grant.h"

// Before the system call filter, which would hide whether the layers below it hold.
int probe_layers(pid_t supervisor, const struct grants *grants, struct failure *failure);

// `datagrams`: that of them.
int probe_filter(bool datagrams, struct failure *failure);

// In the mounter, under its own filter.
int probe_mounter(struct failure *failure);

// The same in strict mode: before the filter, and what the supervisor answers after it.
int probe_layers_strict(pid_t supervisor, struct failure *failure);
// `pipe_fd` is any pipe.
int probe_supervisor(const struct grants *grants, int pipe_fd, struct failure *failure);

#endif
