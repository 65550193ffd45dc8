// SPDX-License-Identifier: BSD-2-Clause
// Runs one program with its grants and nothing else.
#ifndef CLOUDABI_SANDBOX_SANDBOX_H
#define CLOUDABI_SANDBOX_SANDBOX_H

#include <stddef.h>

#include "failure.h"
#include "grant.h"

struct sandbox {
    struct grants *grants; // opened by grants_open()
    const char *program;   // its name, for messages and for the process list; null: build the
                           // whole sandbox, probe it and take it down again
    int program_fd;
    int loader_fd;
    const void *data; // argument data: descriptor n in it is grant n
    size_t data_len;
};

// Starts the program and waits for it and whatever it leaves behind. Returns its exit status (128+n
// when signal n ended it), or -1 with the failure filled when it never started. Closes all
// descriptors of this process but standard error.
int sandbox_run(const struct sandbox *sandbox, struct failure *failure);

#endif
