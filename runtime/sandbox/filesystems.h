// SPDX-License-Identifier: BSD-2-Clause
// File systems that are an interface to the kernel: no grant may reach into one.
#ifndef CLOUDABI_SANDBOX_FILESYSTEMS_H
#define CLOUDABI_SANDBOX_FILESYSTEMS_H

#include <stddef.h>

#include "failure.h"

// Returns 0 when `fd` lies on an ordinary file system; -1 with the failure filled when not.
// `*flags`, if not null, are its mount's, ST_RDONLY and so on.
int filesystem_refuse(int fd, unsigned long *flags, const char *where, struct failure *failure);

// The same of one that is mounted below a directory, by its type; `place` is where.
int filesystem_refuse_mount(const char *type, const char *place, const char *where,
                            struct failure *failure);

// mountinfo.c: looks for such file systems mounted anywhere below the directory `fd`, among what
// the mount name space holds, filesystem_mounts(). Returns 0 when there are none; -1 with the
// failure filled when there are, or when it cannot be told.
int filesystem_check_below(int fd, const char *mounts, const char *where, struct failure *failure);

// To be freed; NULL with the failure filled.
char *filesystem_mounts(struct failure *failure);

// listmount.c: the same for all that is mounted on a tree of mounts, which is in this process's
// name space. `directory` is its name.
int filesystem_check_mounts(int tree, const char *directory, const char *where,
                            struct failure *failure);

// How many mounts there are on such a tree. SIZE_MAX: it cannot be told.
size_t filesystem_count_mounts(int tree);

#endif
