// SPDX-License-Identifier: BSD-2-Clause
#define _GNU_SOURCE
#include <unistd.h>

#include "libc.h"

int getpagesize(void) {
    return PAGE_SIZE;
}
