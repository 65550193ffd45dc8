// SPDX-License-Identifier: BSD-2-Clause
// Integer values, in their shortest form.

#include "argdata_impl.h"

_Static_assert(sizeof(intmax_t) == 8, "integers of the interface have 64 bits");

size_t argdata_int_redundant(const uint8_t *bytes, size_t length) {
    size_t count = 0;
    while (count + 1 < length && ((bytes[count] == 0x00 && bytes[count + 1] < 0x80) ||
                                  (bytes[count] == 0xff && bytes[count + 1] >= 0x80)))
        ++count;
    return count + 1 == length && bytes[count] == 0 ? length : count;
}

static argdata_t *create(uint8_t sign, uint64_t value) {
    uint8_t payload[ARGDATA_INT_SIZE_MAX] = {sign};
    argdata_store64(payload + 1, value);
    size_t skip = argdata_int_redundant(payload, sizeof(payload));
    return argdata_new_encoded(ARGDATA_TAG_INT, payload + skip, sizeof(payload) - skip);
}

argdata_t *argdata_create_int_s(intmax_t value) {
    return create(value < 0 ? 0xff : 0x00, (uint64_t)value);
}

argdata_t *argdata_create_int_u(uintmax_t value) {
    return create(0x00, value);
}
