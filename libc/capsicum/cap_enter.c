// SPDX-License-Identifier: BSD-2-Clause
// Capability mode is the only one there is.

#include <sys/capsicum.h>

int cap_enter(void) {
    return 0;
}

int cap_getmode(unsigned *mode) {
    *mode = 1;
    return 0;
}

bool cap_sandboxed(void) {
    return true;
}
