// SPDX-License-Identifier: BSD-2-Clause
// The supervisor's ways to start a program.
#ifndef CLOUDABI_SANDBOX_SUPERVISOR_H
#define CLOUDABI_SANDBOX_SUPERVISOR_H

#include <stdbool.h>

#include "sandbox.h"
#include "supervise.h"
#include "worker.h"

// Each starts the program, waits for it, and leaves nothing of it behind; `set` is what
// supervise_block() has blocked. Returns as sandbox_run() does.
// full.c. If strict mode can take over where this failed, `*denied` is set.
int attempt_full(const struct sandbox *sandbox, const sigset_t *set, bool *denied,
                 struct failure *failure);
// strict/start.c. `mode` is strict or weak.
int attempt_strict(const struct sandbox *sandbox, enum guarantee mode, const sigset_t *set,
                   struct failure *failure);

// What both begin with. `report` is the pipe that the loader reports through.
struct worker supervisor_worker(struct sandbox *sandbox, enum guarantee mode, const int report[2],
                                struct shared *shared);

// What both end with: the worker ended with this wait status.
int supervisor_judge(const struct worker *worker, int status, struct failure *failure);

#endif
