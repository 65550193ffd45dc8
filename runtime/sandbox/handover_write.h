// SPDX-License-Identifier: BSD-2-Clause
// Writes what the loader must know into a memory file.
#ifndef CLOUDABI_SANDBOX_HANDOVER_WRITE_H
#define CLOUDABI_SANDBOX_HANDOVER_WRITE_H

#include "failure.h"
#include "sandbox.h"

// Returns the memory file's descriptor, or -1 with the failure filled.
int handover_write(const struct sandbox *sandbox, enum guarantee mode, int status_fd,
                   struct failure *failure);

#endif
