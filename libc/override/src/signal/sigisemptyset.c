// SPDX-License-Identifier: BSD-2-Clause
// Whether a set has no signal of the ABI's, which all fit into the first word.

#define _GNU_SOURCE
#include <signal.h>

_Static_assert(_NSIG <= 8 * sizeof(unsigned long), "one word holds them");

int sigisemptyset(const sigset_t *set) {
    return set->__bits[0] == 0;
}
