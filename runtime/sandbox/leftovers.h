// SPDX-License-Identifier: BSD-2-Clause
// Ends the processes that a program leaves behind.
#ifndef CLOUDABI_SANDBOX_LEFTOVERS_H
#define CLOUDABI_SANDBOX_LEFTOVERS_H

#include <sys/types.h>

// Kills every child of this process, the adopted ones included, that lives in the given user name
// space, until there is none.
void leftovers_kill(ino_t user_namespace);

#endif
