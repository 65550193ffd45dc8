// SPDX-License-Identifier: BSD-2-Clause
// Iteration over maps.

#include "argdata_impl.h"

ARGDATA_CURSOR_FITS(argdata_map_iterator_t);

void argdata_map_iterate(const argdata_t *ad, argdata_map_iterator_t *it) {
    it->index = argdata_cursor_start((struct argdata_cursor *)it->data, ad, ARGDATA_TAG_MAP);
}

bool argdata_map_get(const argdata_map_iterator_t *it, const argdata_t **key,
                     const argdata_t **value) {
    return argdata_cursor_get((const struct argdata_cursor *)it->data, it->index, key, value);
}

void argdata_map_next(argdata_map_iterator_t *it) {
    it->index = argdata_cursor_next((struct argdata_cursor *)it->data, it->index);
}
