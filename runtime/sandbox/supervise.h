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
int supervise(pid_t child, const sigset_t *set);

void supervise_pass_on(pid_t process, int number);

// Whether that is done with this signal, if the launcher was not told to ignore it.
bool supervise_passes_on(int number);

#endif
