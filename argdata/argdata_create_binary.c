// SPDX-License-Identifier: BSD-2-Clause
// Binary values from memory of the caller.

#include "argdata_impl.h"

argdata_t *argdata_create_binary(const void *buf, size_t len) {
    argdata_t *ad = argdata_new(ARGDATA_KIND_BINARY, len);
    if (ad != NULL)
        ad->bytes = buf;
    return ad;
}
