// SPDX-License-Identifier: BSD-2-Clause
// The rights of a descriptor, kept in the kernel by its open file description. They follow it
// through dup, fork, exec and messages, and end with it: no table can run full or go stale.
#ifndef CLOUDABI_SANDBOX_MARKS_H
#define CLOUDABI_SANDBOX_MARKS_H

#include <stdbool.h>
#include <stdint.h>

struct rights {
    uint64_t base, inheriting;
};

// Writes the rights on the open file that `fd` stands for, which nobody outside may share. Returns
// 0 or a negative error number; -ENOSPC when there are too many different sets of rights.
int mark_set(int fd, const struct rights *rights);

// Whether this process has marked the open file, and with what.
bool mark_get(int fd, struct rights *rights);

// Whether somebody has: this process or another sandbox's supervisor, also one that has ended.
bool mark_exists(int fd);

#endif
