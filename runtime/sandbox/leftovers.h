// SPDX-License-Identifier: BSD-2-Clause
// Ends the processes that a program leaves behind.
#ifndef CLOUDABI_SANDBOX_LEFTOVERS_H
#define CLOUDABI_SANDBOX_LEFTOVERS_H

#include <stdbool.h>
#include <sys/types.h>

// True if this process has no child but the reaper (0: none), so that nothing else is left of
// a sandbox whose first process has been reaped: orphans are adopted at once. False where the
// kernel does not tell.
bool leftovers_none(pid_t reaper);

// Kills every child, found at one look, that runs this file.
struct leftovers_sign {
    dev_t device;
    ino_t inode;
};
void leftovers_kill_running(const struct leftovers_sign *program);

#endif
