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
    pid_t mounter;        // the same
    bool loader_mounted;  // the loader is open through a mount of its own
    bool denied;          // a layer that strict mode does without cannot be had
    bool complete;        // every layer is on and probed
    ino_t user_namespace; // tells the sandbox's processes from all others; 0 in strict mode
};

struct worker {
    const struct sandbox *sandbox;
    enum guarantee mode;
    pid_t supervisor;
    int status_fd;  // the pipe that the loader reports through
    int channel_fd; // takes one byte, once the name spaces are there; in strict mode, once the
                    // filter is, and with it the descriptor through which its calls are answered
    struct shared *shared;
};

// Never returns. `sandbox->program` null: stop where the program would start.
_Noreturn void worker_main(const struct worker *worker);

#endif
