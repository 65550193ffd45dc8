// SPDX-License-Identifier: BSD-2-Clause
// Access to booleans: no byte is false, 01 is true.

#include <errno.h>

#include "argdata_impl.h"

int argdata_get_bool(const argdata_t *ad, bool *value) {
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_BOOL, &payload, &length);
    if (error != 0)
        return error;
    if (length > 1 || (length == 1 && payload[0] != 1))
        return EINVAL;
    *value = length == 1;
    return 0;
}
