// SPDX-License-Identifier: BSD-2-Clause
// The values that need no creation.

#include "argdata_impl.h"

const argdata_t argdata_null = {.kind = ARGDATA_KIND_BUFFER};

const argdata_t argdata_false = {
    .kind = ARGDATA_KIND_BUFFER,
    .length = 1,
    .buffer.bytes = (const uint8_t[]){ARGDATA_TAG_BOOL},
};

const argdata_t argdata_true = {
    .kind = ARGDATA_KIND_BUFFER,
    .length = 2,
    .buffer.bytes = (const uint8_t[]){ARGDATA_TAG_BOOL, 1},
};
