// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <sys/select.h>
#include <unistd.h>

// The system's own limit cannot be asked for. Callers bound select() or a loop with this, so it is
// what select() can take.
int getdtablesize(void) {
    return FD_SETSIZE;
}
