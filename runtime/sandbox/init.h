// SPDX-License-Identifier: BSD-2-Clause
// Process 1 of the sandbox's process name space, in full mode: the worker's parent. It is in the
// sandbox's user name space too, but keeps the host's mounts, and has all power over the sandbox.
// When it ends, by whatever cause, the kernel ends every process of the name space; and it ends
// with the worker, and with the launcher.
#ifndef CLOUDABI_SANDBOX_INIT_H
#define CLOUDABI_SANDBOX_INIT_H

#include <sys/types.h>

#include "worker.h"

// Starts it, and through it the worker. It runs in this process's memory and on its descriptors:
// a copy of the memory would take as long as half of the layers together. Returns its number, or -1
// with errno set. Until it has ended, this process changes nothing that it uses.
pid_t init_start(struct worker *worker);

#endif
