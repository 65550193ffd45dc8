// SPDX-License-Identifier: BSD-2-Clause
// close() of a stream on a descriptor.

#include <unistd.h>

#include "stdio_impl.h"

int __stdio_close(FILE *f) {
    return close(f->fd);
}
