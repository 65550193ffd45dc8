// SPDX-License-Identifier: BSD-2-Clause
// --check
#ifndef CLOUDABI_RUN_CHECK_H
#define CLOUDABI_RUN_CHECK_H

// Builds the whole sandbox around nothing and says what this machine guarantees. Returns 0 for the
// full guarantee, EXIT_LAUNCHER when no program would be started.
int check(const char *loader);

#endif
