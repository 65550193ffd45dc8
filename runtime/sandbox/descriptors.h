// SPDX-License-Identifier: BSD-2-Clause
// Which descriptors this process has.
#ifndef CLOUDABI_SANDBOX_DESCRIPTORS_H
#define CLOUDABI_SANDBOX_DESCRIPTORS_H

#include <stddef.h>

// Closes all but standard input, output and error and these, which may be in any order, negative,
// or there more than once; sorts them. Returns 0, or -1 with errno set.
int descriptors_keep(int *fds, size_t count);

// The same, and puts `filler` in the places of standard input and output, which nothing else shall
// take. What the program was granted is the program's alone: when it closes a pipe, its peer must
// see that at once. Standard error stays for the launcher's messages.
int descriptors_release(int filler, int *fds, size_t count);

#endif
