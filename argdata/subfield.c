// SPDX-License-Identifier: BSD-2-Clause
// Subfields: a length in base 128, most significant digit first, bit 7 marking the last one, and
// then that many bytes of value.

#include "argdata_impl.h"

bool argdata_subfield_take(const uint8_t **rest, size_t *rest_length, const uint8_t **field,
                           size_t *length) {
    const uint8_t *at = *rest, *end = *rest + *rest_length;
    if (at == end || *at == 0x00)
        return false;
    size_t value = 0;
    uint8_t digit;
    do {
        if (at == end || value > SIZE_MAX >> 7)
            return false;
        digit = *at++;
        value = value << 7 | (digit & 0x7f);
    } while (digit < 0x80);
    if (value > (size_t)(end - at))
        return false;
    *field = at;
    *length = value;
    *rest = at + value;
    *rest_length = (size_t)(end - *rest);
    return true;
}

size_t argdata_subfield_size(size_t length) {
    size_t size = 1;
    while ((length >>= 7) > 0)
        ++size;
    return size;
}

uint8_t *argdata_subfield_put(uint8_t *out, size_t length) {
    size_t size = argdata_subfield_size(length);
    for (size_t i = size; i-- > 0; length >>= 7)
        out[i] = length & 0x7f;
    out[size - 1] |= 0x80;
    return out + size;
}
