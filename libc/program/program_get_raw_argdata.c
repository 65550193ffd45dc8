// SPDX-License-Identifier: BSD-2-Clause
// The bytes that the program was started with.

#include <program.h>

#include "libc.h"

void program_get_raw_argdata(const void **data, size_t *len) {
    *data = libc.argdata;
    *len = libc.argdata_len;
}
