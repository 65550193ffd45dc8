// SPDX-License-Identifier: BSD-2-Clause
// Serialization. Both functions descend recursively: at most ARGDATA_NESTING_MAX levels.

#include <string.h>

#include "argdata_impl.h"

typedef void visit_fd(void *arg, const uint8_t *value);

// Calls `visit` for each descriptor value that iterators and getters can reach, and for each
// container that is too deep to be entered.
static void walk(const uint8_t *value, size_t length, unsigned depth, visit_fd *visit, void *arg) {
    if (length == 1 + ARGDATA_FD_SIZE && value[0] == ARGDATA_TAG_FD)
        visit(arg, value);
    if (length == 0 || (value[0] != ARGDATA_TAG_MAP && value[0] != ARGDATA_TAG_SEQ))
        return;
    if (depth >= ARGDATA_NESTING_MAX) {
        visit(arg, value);
        return;
    }
    bool is_map = value[0] == ARGDATA_TAG_MAP;
    const uint8_t *rest = value + 1, *first, *second;
    size_t rest_length = length - 1, first_length, second_length;
    while (argdata_subfield_take(&rest, &rest_length, &first, &first_length)) {
        if (is_map && !argdata_subfield_take(&rest, &rest_length, &second, &second_length))
            return;
        walk(first, first_length, depth + 1, visit, arg);
        if (is_map)
            walk(second, second_length, depth + 1, visit, arg);
    }
}

static void count_fd(void *arg, const uint8_t *value) {
    size_t *count = arg;
    if (value[0] == ARGDATA_TAG_FD)
        ++*count;
}

static size_t length_of(const argdata_t *ad, unsigned depth, size_t *fds) {
    switch (ad->kind) {
    case ARGDATA_KIND_BUFFER:
        if (fds != NULL)
            walk(ad->buffer.bytes, ad->length, depth, count_fd, fds);
        return ad->length;
    case ARGDATA_KIND_BINARY:
        return 1 + ad->length;
    case ARGDATA_KIND_STR:
        return 1 + ad->length + 1;
    case ARGDATA_KIND_MAP:
    case ARGDATA_KIND_SEQ:
        break;
    }
    if (depth >= ARGDATA_NESTING_MAX)
        return 0;
    size_t total = 1;
    for (size_t i = 0; i < ad->length; ++i) {
        if (ad->kind == ARGDATA_KIND_MAP) {
            size_t length = length_of(ad->children.keys[i], depth + 1, fds);
            total += argdata_subfield_size(length) + length;
        }
        size_t length = length_of(ad->children.values[i], depth + 1, fds);
        total += argdata_subfield_size(length) + length;
    }
    return total;
}

void argdata_serialized_length(const argdata_t *ad, size_t *size, size_t *n_fds) {
    if (n_fds != NULL)
        *n_fds = 0;
    *size = length_of(ad, 0, n_fds);
}

struct serializer {
    uint8_t *out;        // where the next byte goes
    int *fds;            // descriptors by number, or NULL
    size_t count;        // of these
    const argdata_t *ad; // the buffer being copied
};

static uint32_t number_of(struct serializer *s, int fd) {
    if (fd < 0)
        return ARGDATA_FD_INVALID;
    if (s->fds == NULL)
        return (uint32_t)fd;
    for (size_t i = 0; i < s->count; ++i)
        if (s->fds[i] == fd)
            return (uint32_t)i;
    s->fds[s->count] = fd;
    return (uint32_t)s->count++;
}

static void renumber_fd(void *arg, const uint8_t *value) {
    struct serializer *s = arg;
    uint8_t *copy = s->out + (value - s->out);
    if (value[0] == ARGDATA_TAG_FD)
        argdata_store32(copy + 1, number_of(s, argdata_convert(s->ad, argdata_load32(value + 1))));
    else
        copy[0] = ARGDATA_TAG_UNKNOWN;
}

static void put_tagged(struct serializer *s, enum argdata_tag tag, const void *bytes,
                       size_t length) {
    *s->out++ = (uint8_t)tag;
    if (length > 0)
        memcpy(s->out, bytes, length);
    s->out += length;
}

static void put(struct serializer *s, const argdata_t *ad, unsigned depth);

static void put_subfield(struct serializer *s, const argdata_t *ad, unsigned depth) {
    s->out = argdata_subfield_put(s->out, length_of(ad, depth, NULL));
    put(s, ad, depth);
}

static void put(struct serializer *s, const argdata_t *ad, unsigned depth) {
    switch (ad->kind) {
    case ARGDATA_KIND_BUFFER:
        if (ad->length == 0)
            return;
        memcpy(s->out, ad->buffer.bytes, ad->length);
        s->ad = ad;
        walk(s->out, ad->length, depth, renumber_fd, s);
        s->out += ad->length;
        return;
    case ARGDATA_KIND_BINARY:
        put_tagged(s, ARGDATA_TAG_BINARY, ad->bytes, ad->length);
        return;
    case ARGDATA_KIND_STR:
        put_tagged(s, ARGDATA_TAG_STR, ad->bytes, ad->length);
        *s->out++ = '\0';
        return;
    case ARGDATA_KIND_MAP:
    case ARGDATA_KIND_SEQ:
        break;
    }
    if (depth >= ARGDATA_NESTING_MAX)
        return;
    *s->out++ = ad->kind == ARGDATA_KIND_MAP ? ARGDATA_TAG_MAP : ARGDATA_TAG_SEQ;
    for (size_t i = 0; i < ad->length; ++i) {
        if (ad->kind == ARGDATA_KIND_MAP)
            put_subfield(s, ad->children.keys[i], depth + 1);
        put_subfield(s, ad->children.values[i], depth + 1);
    }
}

size_t argdata_serialize(const argdata_t *ad, void *buf, int *fds) {
    struct serializer s = {.out = buf, .fds = fds};
    put(&s, ad, 0);
    return s.count;
}
