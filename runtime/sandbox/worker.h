// SPDX-License-Identifier: BSD-2-Clause
// The worker: the process that restricts itself and then becomes the program.
#ifndef CLOUDABI_SANDBOX_WORKER_H
#define CLOUDABI_SANDBOX_WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "failure.h"
#include "leftovers.h"
#include "sandbox.h"

// Memory that supervisor and worker share until the exec, and the worker's helpers with them.
struct shared {
    struct failure failure;
    struct failure mounter_failure;
    pid_t reaper;                 // 0: not started yet
    pid_t mounter;                // 0: none
    bool denied;                  // a layer that strict mode does without cannot be had
    bool complete;                // every layer is on and probed
    ino_t user_namespace;         // tells the sandbox's processes from all others; 0 in strict mode
    struct leftovers_sign loader; // the same in strict mode
};

struct worker {
    const struct sandbox *sandbox;
    enum guarantee mode;
    pid_t supervisor;
    uid_t user;     // the supervisor's, by the numbers outside
    gid_t group;    // the same
    int status_fd;  // the pipe that the loader reports through
    int channel_fd; // to the supervisor: what the mounter needs, and the descriptor through which
                    // the filter's calls are answered
    struct shared *shared;
};

// Starts the worker; its process number, or -1 with errno set. In full mode it is made in a user
// name space of its own, runs in this process's memory and is waited for until it has exec'd or
// ended: a copy of the memory would take as long as half of the layers together.
// `sandbox->program` null: stop where the program would start.
pid_t worker_start(const struct worker *worker);

#endif
