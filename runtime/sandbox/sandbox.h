// SPDX-License-Identifier: BSD-2-Clause
// Runs one program with its grants and nothing else.
#ifndef CLOUDABI_SANDBOX_SANDBOX_H
#define CLOUDABI_SANDBOX_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "failure.h"
#include "grant.h"

// What confines the program. See docs/security.md.
enum guarantee {
    GUARANTEE_FULL,   // name spaces and mounts
    GUARANTEE_STRICT, // the supervisor performs the program's path calls
    GUARANTEE_WEAK,   // Landlock alone confines paths
};

struct sandbox {
    bool strict; // strict mode is asked for; otherwise it takes over where name spaces are denied
    // Called before a program starts under less than strict mode, with the reason. Null: it does
    // not.
    void (*weak)(const char *reason);
    struct grants *grants; // opened by grants_open()
    const char *program;   // its name, for messages and for the process list; null: build the
                           // whole sandbox, probe it and take it down again
    int program_fd;
    int loader_fd;
    const void *data; // argument data: descriptor n in it is grant n
    size_t data_len;
};

// Starts the program and waits for it and whatever it leaves behind. Returns its exit status (128+n
// when signal n ended it), or -1 with the failure filled when it never started. `*guarantee`, if
// not null, is what the program ran under; if that is less than full and strict mode was not asked
// for, the failure says why. Closes all descriptors of this process but standard error.
int sandbox_run(const struct sandbox *sandbox, enum guarantee *guarantee, struct failure *failure);

#endif
