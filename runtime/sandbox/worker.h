// SPDX-License-Identifier: BSD-2-Clause
// The worker: the process that restricts itself and then becomes the program.
#ifndef CLOUDABI_SANDBOX_WORKER_H
#define CLOUDABI_SANDBOX_WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "failure.h"
#include "sandbox.h"

// Memory that supervisor and worker share until the exec.
struct shared {
    struct failure failure;
    pid_t reaper;         // 0: not started yet
    bool loader_mounted;  // the loader is open through a mount of its own
    bool complete;        // every layer is on and probed
    ino_t user_namespace; // tells the sandbox's processes from all others
};

// Never returns. `sandbox->program` null: stop where the program would start.
_Noreturn void worker_main(const struct sandbox *sandbox, pid_t supervisor, int status_fd,
                           struct shared *shared);

#endif
