// SPDX-License-Identifier: BSD-2-Clause
// Access to integers.

#include <errno.h>

#include "argdata_impl.h"

static uint64_t load(const uint8_t *bytes, size_t length) {
    uint64_t value = length > 0 && bytes[0] >= 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < length; ++i)
        value = value << 8 | bytes[i];
    return value;
}

int argdata_get_int_s(const argdata_t *ad, intmax_t *value, intmax_t min, intmax_t max) {
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_INT, &payload, &length);
    if (error != 0)
        return error;
    if (length > sizeof(int64_t))
        return ERANGE;
    intmax_t wide = (int64_t)load(payload, length);
    if (wide < min || wide > max)
        return ERANGE;
    *value = wide;
    return 0;
}

int argdata_get_int_u(const argdata_t *ad, uintmax_t *value, uintmax_t max) {
    const uint8_t *payload;
    size_t length;
    int error = argdata_payload(ad, ARGDATA_TAG_INT, &payload, &length);
    if (error != 0)
        return error;
    if (length > 0 && payload[0] >= 0x80)
        return ERANGE;
    if (length > sizeof(uint64_t) && (length > sizeof(uint64_t) + 1 || payload[0] != 0))
        return ERANGE;
    uintmax_t wide = load(payload, length);
    if (wide > max)
        return ERANGE;
    *value = wide;
    return 0;
}
