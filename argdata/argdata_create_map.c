// SPDX-License-Identifier: BSD-2-Clause
// Maps from arrays of the caller.

#include "argdata_impl.h"

argdata_t *argdata_create_map(const argdata_t *const *keys, const argdata_t *const *values,
                              size_t count) {
    argdata_t *ad = argdata_new(ARGDATA_KIND_MAP, count);
    if (ad == NULL)
        return NULL;
    ad->children.keys = keys;
    ad->children.values = values;
    return ad;
}
