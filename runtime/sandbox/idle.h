// SPDX-License-Identifier: BSD-2-Clause
// For the processes that wait while the program runs.
#ifndef CLOUDABI_SANDBOX_IDLE_H
#define CLOUDABI_SANDBOX_IDLE_H

// Unmaps the pages of the program's own code. They are the file's and come back when used; Linux
// maps many around each that was needed, nearly all for good while somebody waits.
void idle_release_code(void);

#endif
