// SPDX-License-Identifier: BSD-2-Clause
// The files around the fuzzer of strict mode: a granted directory, and what lies beside it.
#ifndef FUZZ_STRICT_WORLD_H
#define FUZZ_STRICT_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include "require.h"

// Makes the caller's descriptors, numbered from `first`: the granted directory, with all rights or
// with those to read, and a pipe's end. Returns how many there are.
size_t world_open(int first, bool read_only);

// Aborts if `fd`, which the caller is given, is not of the granted directory or carries more
// rights.
void world_check_given(int fd, bool read_only);

// Aborts if something changed that must not have. Makes the granted directory anew if it changed.
void world_check(bool read_only);

#endif
