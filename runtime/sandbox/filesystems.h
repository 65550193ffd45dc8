// SPDX-License-Identifier: BSD-2-Clause
// File systems that are an interface to the kernel: no grant may reach into one.
#ifndef CLOUDABI_SANDBOX_FILESYSTEMS_H
#define CLOUDABI_SANDBOX_FILESYSTEMS_H

#include "failure.h"

// Returns 0 when `fd` lies on an ordinary file system; -1 with the failure filled when not.
int filesystem_refuse(int fd, const char *where, struct failure *failure);

// Looks for such file systems mounted anywhere below the directory `fd`. Returns 0 when there are
// none; -1 with the failure filled when there are, or when it cannot be told.
int filesystem_check_below(int fd, const char *where, struct failure *failure);

#endif
