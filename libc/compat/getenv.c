// SPDX-License-Identifier: BSD-2-Clause
// There is no environment, so no variable is ever set: what a program asks for has its default.

#include <stddef.h>
#include <stdlib.h>

char *getenv(const char *name) {
    (void)name;
    return NULL;
}
