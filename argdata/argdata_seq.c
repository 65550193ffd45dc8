// SPDX-License-Identifier: BSD-2-Clause
// Iteration over sequences.

#include "argdata_impl.h"

ARGDATA_CURSOR_FITS(argdata_seq_iterator_t);

void argdata_seq_iterate(const argdata_t *ad, argdata_seq_iterator_t *it) {
    it->index = argdata_cursor_start((struct argdata_cursor *)it->data, ad, ARGDATA_TAG_SEQ);
}

bool argdata_seq_get(const argdata_seq_iterator_t *it, const argdata_t **value) {
    const argdata_t *key;
    return argdata_cursor_get((const struct argdata_cursor *)it->data, it->index, &key, value);
}

void argdata_seq_next(argdata_seq_iterator_t *it) {
    it->index = argdata_cursor_next((struct argdata_cursor *)it->data, it->index);
}
