// SPDX-License-Identifier: BSD-2-Clause
// From a YAML tree to argument data.
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "convert.h"

int config_fail(struct config *config, const struct yaml_node *node, const char *format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return failure_set(config->failure, "%s:%lu:%lu: %s", config->name, node->line, node->column,
                       text);
}

struct key {
    char *bytes;
    size_t length, index;
};

static int compare_keys(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    int order = memcmp(x->bytes, y->bytes, x->length);
    if (order != 0)
        return order;
    return x->index < y->index ? -1 : 1;
}

// Keys may be of any type; equal ones have equal encodings.
size_t config_duplicate_key(struct config *config, const argdata_t *const *keys, size_t count) {
    struct key *sorted = arena_alloc(&config->arena, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        argdata_serialized_length(keys[i], &sorted[i].length, NULL);
        sorted[i].bytes = arena_alloc(&config->arena, sorted[i].length);
        sorted[i].index = i;
        argdata_serialize(keys[i], sorted[i].bytes, NULL);
    }
    qsort(sorted, count, sizeof *sorted, compare_keys);
    size_t first = count;
    for (size_t i = 1; i < count; i++)
        if (sorted[i].length == sorted[i - 1].length &&
            memcmp(sorted[i].bytes, sorted[i - 1].bytes, sorted[i].length) == 0 &&
            sorted[i].index < first)
            first = sorted[i].index;
    return first;
}

int config_read(const struct yaml_source *source, bool stdin_is_free, struct config *config,
                struct failure *failure) {
    *config =
        (struct config){.name = source->name, .stdin_is_free = stdin_is_free, .failure = failure};
    struct yaml_node *root;
    if (yaml_read(source, &config->arena, &root, failure) != 0)
        return -1;
    const argdata_t *value = root == NULL ? &argdata_null : convert_node(config, root);
    if (value == NULL)
        return -1;
    argdata_serialized_length(value, &config->data_len, NULL);
    config->data = arena_alloc(&config->arena, config->data_len);
    argdata_serialize(value, config->data, NULL);
    return 0;
}

void config_free(struct config *config) {
    for (size_t i = 0; i < config->values_count; i++)
        argdata_free(config->values[i]);
    free(config->values);
    arena_free(&config->arena);
}
