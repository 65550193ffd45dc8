// SPDX-License-Identifier: BSD-2-Clause
// --check
#ifndef CLOUDABI_RUN_CHECK_H
#define CLOUDABI_RUN_CHECK_H

#include "options.h"

// Builds the whole sandbox around nothing and says what this machine guarantees. Returns 0 for the
// full and the strict guarantee, EXIT_LAUNCHER when no program would be started.
int check(const struct options *options);

#endif
