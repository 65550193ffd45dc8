// SPDX-License-Identifier: BSD-2-Clause
// The union of two sets of signals. All of the ABI's fit into the first word.

#define _GNU_SOURCE
#include <signal.h>

int sigorset(sigset_t *to, const sigset_t *left, const sigset_t *right) {
    *to = (sigset_t){{left->__bits[0] | right->__bits[0]}};
    return 0;
}
