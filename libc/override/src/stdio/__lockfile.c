// SPDX-License-Identifier: BSD-2-Clause
// The lock of a stream, as the library takes it around each operation.

#include "stdio_impl.h"

int __lockfile(FILE *f) {
    if (__lockword_owned(&f->lock))
        return 0;
    __lockword_wrlock(&f->lock, CLOUDABI_SCOPE_PRIVATE, 0, NULL);
    return 1;
}

void __unlockfile(FILE *f) {
    __lockword_unlock(&f->lock, CLOUDABI_SCOPE_PRIVATE);
}
