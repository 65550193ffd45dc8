// SPDX-License-Identifier: BSD-2-Clause
// Floating point values.

#include <string.h>

#include "argdata_impl.h"

_Static_assert(sizeof(double) == sizeof(uint64_t), "double is IEEE 754 binary64");

argdata_t *argdata_create_float(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    uint8_t payload[sizeof(bits)];
    argdata_store64(payload, bits);
    return argdata_new_encoded(ARGDATA_TAG_FLOAT, payload, sizeof(payload));
}
