// SPDX-License-Identifier: BSD-2-Clause
// The list of open streams.

#include <features.h>

#include "lock.h"
#include "stdio_impl.h"

static volatile int list_lock[1];
static FILE *head = &__stderr_FILE;

FILE **__ofl_lock(void) {
    LOCK(list_lock);
    return &head;
}

void __ofl_unlock(void) {
    UNLOCK(list_lock);
}
