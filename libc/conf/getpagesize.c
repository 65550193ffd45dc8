// SPDX-License-Identifier: BSD-2-Clause
// The size of a page.

#define _GNU_SOURCE
#include <unistd.h>

#include "libc.h"

int getpagesize(void) {
    return (int)PAGE_SIZE;
}
