// SPDX-License-Identifier: BSD-2-Clause
// Paths that stay beneath a directory, whoever renames what meanwhile.
#ifndef CLOUDABI_SANDBOX_BENEATH_H
#define CLOUDABI_SANDBOX_BENEATH_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

// openat2 beneath `directory`; `resolve` may restrict it further. Returns a descriptor, closed on
// exec, or a negative error number: -EXDEV when the path leads out.
int beneath_open(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

// Opens what a path means as an O_PATH descriptor, on an ordinary file system.
int beneath_find(int directory, const char *path, uint64_t flags, uint64_t resolve);

// The directory that holds a path's last component, for calls that act on that one by its name.
// `last` points into `path`, which is changed; it is neither "." nor "..", and without a slash but
// perhaps one at its end. -EEXIST, or what `dots` says, for such paths.
int beneath_parent(int directory, char path[PATH_MAX], const char **last, int dots);

// Replaces the last component of a path by the text of the link that it names.
int beneath_expand(int directory, char path[PATH_MAX]);

#endif
