// SPDX-License-Identifier: BSD-2-Clause
// A part of a granted directory as a mount of its own.
#ifndef CLOUDABI_SANDBOX_DIVIDE_H
#define CLOUDABI_SANDBOX_DIVIDE_H

#include "strict/caller.h"

// Performs the request of attenuate.h in full mode.
int64_t divide_directory(const struct caller *caller);

#endif
