// SPDX-License-Identifier: BSD-2-Clause
// Access to binary values.

#include "argdata_impl.h"

int argdata_get_binary(const argdata_t *ad, const void **buf, size_t *len) {
    if (ad->kind == ARGDATA_KIND_BINARY) {
        *buf = ad->bytes;
        *len = ad->length;
        return 0;
    }
    const uint8_t *payload;
    int error = argdata_payload(ad, ARGDATA_TAG_BINARY, &payload, len);
    if (error == 0)
        *buf = payload;
    return error;
}
