// SPDX-License-Identifier: BSD-2-Clause
// Allocation of nodes.

#include <stdlib.h>
#include <string.h>

#include "argdata_impl.h"

argdata_t *argdata_new(enum argdata_kind kind, size_t length) {
    argdata_t *ad = malloc(sizeof(*ad));
    if (ad != NULL)
        *ad = (argdata_t){.kind = kind, .length = length};
    return ad;
}

argdata_t *argdata_new_encoded(enum argdata_tag tag, const void *payload, size_t length) {
    argdata_t *ad = malloc(sizeof(*ad) + 1 + length);
    if (ad == NULL)
        return NULL;
    uint8_t *bytes = (uint8_t *)(ad + 1);
    bytes[0] = (uint8_t)tag;
    if (length > 0)
        memcpy(bytes + 1, payload, length);
    *ad = (argdata_t){.kind = ARGDATA_KIND_BUFFER, .length = 1 + length, .buffer.bytes = bytes};
    return ad;
}
