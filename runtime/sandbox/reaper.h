// SPDX-License-Identifier: BSD-2-Clause
// Ends the sandbox with its launcher.
#ifndef CLOUDABI_SANDBOX_REAPER_H
#define CLOUDABI_SANDBOX_REAPER_H

#include <sys/types.h>

#include "failure.h"

// Forks a process that kills all others of the caller's Landlock domain as soon as nobody holds the
// reading end of `status_fd`'s pipe. Returns the process, or -1 with the failure filled.
pid_t reaper_start(pid_t supervisor, int status_fd, struct failure *failure);

#endif
