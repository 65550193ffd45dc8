// SPDX-License-Identifier: BSD-2-Clause
// Sequences from an array of the caller.

#include "argdata_impl.h"

argdata_t *argdata_create_seq(const argdata_t *const *values, size_t count) {
    argdata_t *ad = argdata_new(ARGDATA_KIND_SEQ, count);
    if (ad != NULL)
        ad->children.values = values;
    return ad;
}
