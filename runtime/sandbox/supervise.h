// SPDX-License-Identifier: BSD-2-Clause
// Waiting for the program, and passing signals on to it.
#ifndef CLOUDABI_SANDBOX_SUPERVISE_H
#define CLOUDABI_SANDBOX_SUPERVISE_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

// Blocks what supervise() waits for, so that nothing is lost between fork and wait.
void supervise_block(sigset_t *set);

// Returns the child's wait status. Adopted processes that have ended are reaped on the way.
// `*worker_fd` is the process that signals go to, once it is there (-1: not yet); null: the child.
int supervise(pid_t child, const volatile int *worker_fd, const sigset_t *set);

// Whether that is done with this signal, if the launcher was not told to ignore it.
bool supervise_passes_on(int number);

#endif
