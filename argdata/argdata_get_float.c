// SPDX-License-Identifier: BSD-2-Clause
// Access to floating point values.

#include <errno.h>
#include <string.h>

#include "argdata_impl.h"

int argdata_get_float(const argdata_t *ad, double *value) {
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_FLOAT, &payload, &length);
    if (error != 0)
        return error;
    if (length != sizeof(uint64_t))
        return EINVAL;
    uint64_t bits = (uint64_t)argdata_load32(payload) << 32 | argdata_load32(payload + 4);
    memcpy(value, &bits, sizeof(bits));
    return 0;
}
