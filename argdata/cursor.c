// SPDX-License-Identifier: BSD-2-Clause
// The common part of map and sequence iterators.

#include "argdata_impl.h"

static bool take_node(struct argdata_cursor *cursor, argdata_t *node) {
    const argdata_t *parent = cursor->container;
    const uint8_t *field;
    size_t length;
    if (!argdata_subfield_take(&cursor->rest, &cursor->rest_length, &field, &length))
        return false;
    *node = (argdata_t){
        .kind = ARGDATA_KIND_BUFFER,
        .length = length,
        .buffer = {.bytes = field,
                   .convert_fd = parent->buffer.convert_fd,
                   .convert_arg = parent->buffer.convert_arg},
    };
    return true;
}

static size_t settle(struct argdata_cursor *cursor, size_t index) {
    const argdata_t *container = cursor->container;
    if (container->kind != ARGDATA_KIND_BUFFER)
        return index < container->length ? index : ARGDATA_ITERATOR_END;
    if (cursor->rest_length == 0)
        return ARGDATA_ITERATOR_END;
    if (argdata_tag_of(container) == ARGDATA_TAG_MAP && !take_node(cursor, &cursor->key))
        return ARGDATA_ITERATOR_INVALID;
    return take_node(cursor, &cursor->value) ? index : ARGDATA_ITERATOR_INVALID;
}

size_t argdata_cursor_start(struct argdata_cursor *cursor, const argdata_t *ad,
                            enum argdata_tag tag) {
    if (argdata_tag_of(ad) != tag)
        return ARGDATA_ITERATOR_INVALID;
    *cursor = (struct argdata_cursor){.container = ad};
    if (ad->kind == ARGDATA_KIND_BUFFER)
        (void)argdata_payload(ad, tag, &cursor->rest, &cursor->rest_length);
    return settle(cursor, 0);
}

size_t argdata_cursor_next(struct argdata_cursor *cursor, size_t index) {
    if (index == ARGDATA_ITERATOR_END || index == ARGDATA_ITERATOR_INVALID)
        return index;
    return settle(cursor, index + 1);
}

bool argdata_cursor_get(const struct argdata_cursor *cursor, size_t index, const argdata_t **key,
                        const argdata_t **value) {
    if (index == ARGDATA_ITERATOR_END || index == ARGDATA_ITERATOR_INVALID)
        return false;
    const argdata_t *container = cursor->container;
    if (container->kind == ARGDATA_KIND_BUFFER) {
        *key = &cursor->key;
        *value = &cursor->value;
    } else {
        if (container->kind == ARGDATA_KIND_MAP)
            *key = container->children.keys[index];
        *value = container->children.values[index];
    }
    return true;
}
