// SPDX-License-Identifier: BSD-2-Clause
// The worker: the process that restricts itself and then becomes the program.
#ifndef CLOUDABI_SANDBOX_WORKER_H
#define CLOUDABI_SANDBOX_WORKER_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "failure.h"
#include "leftovers.h"
#include "sandbox.h"

#define WORKER_STACK_SIZE 65536

// Memory that supervisor and worker share until the exec, and their helpers with them.
struct shared {
    struct failure failure;
    struct failure mounter_failure;
    pid_t reaper;  // in strict mode; 0: not started yet
    bool denied;   // a layer that strict mode does without cannot be had
    bool complete; // every layer is on and probed
    // In full mode, where they are numbers of the supervisor's too:
    int place;    // of the mounter: where nothing is started, since the worker has ended by then
    int listener; // through which the filter's calls are answered; -1: nobody can
    int launcher; // the kernel clears it when the launcher ends
    bool ended;   // the worker has; with this wait status
    int status;
    struct leftovers_sign loader; // tells the sandbox's processes from all others in strict mode
};

struct worker {
    struct sandbox *sandbox;
    enum guarantee mode;
    pid_t supervisor; // by the worker's numbers: in full mode process 1
    uid_t user;       // the supervisor's, by the numbers outside
    gid_t group;      // the same
    int status_fd;    // the pipe that the loader reports through
    int channel_fd;   // in strict mode: to the supervisor, for the listener
    struct shared *shared;

    // In full mode.
    int report_fd;           // the pipe's other end
    const sigset_t *signals; // those that are passed on, and SIGCHLD; blocked
    char *init_stack, *stack;
};

// Starts the worker; its process number, or -1 with errno set. In full mode it runs in this
// process's memory and on its descriptors, and is waited for until it has exec'd or ended.
// `sandbox->program` null: stop where the program would start.
pid_t worker_start(struct worker *worker);

#endif
