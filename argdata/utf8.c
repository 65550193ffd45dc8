// SPDX-License-Identifier: BSD-2-Clause
// UTF-8 decoding that does not depend on a locale.

#include "argdata_impl.h"

bool argdata_utf8_take(const uint8_t **text, size_t *length, uint32_t *character) {
    const uint8_t *at = *text;
    size_t size;
    uint32_t value, least;
    if (at[0] < 0x80) {
        size = 1, value = at[0], least = 0;
    } else if (at[0] >= 0xc0 && at[0] < 0xe0) {
        size = 2, value = at[0] & 0x1f, least = 0x80;
    } else if (at[0] >= 0xe0 && at[0] < 0xf0) {
        size = 3, value = at[0] & 0x0f, least = 0x800;
    } else if (at[0] >= 0xf0 && at[0] < 0xf8) {
        size = 4, value = at[0] & 0x07, least = 0x10000;
    } else {
        return false;
    }
    if (size > *length)
        return false;
    for (size_t i = 1; i < size; ++i) {
        if ((at[i] & 0xc0) != 0x80)
            return false;
        value = value << 6 | (at[i] & 0x3f);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return false;
    *text += size;
    *length -= size;
    *character = value;
    return true;
}

bool argdata_utf8_valid(const void *text, size_t length) {
    const uint8_t *at = text;
    uint32_t character;
    while (length > 0)
        if (!argdata_utf8_take(&at, &length, &character))
            return false;
    return true;
}
