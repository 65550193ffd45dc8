// SPDX-License-Identifier: BSD-2-Clause
// Gives each YAML node its meaning. A plain scalar without a tag is a string: `port: 8080` hands
// over the text "8080", as it always did in CloudABI; `port: !!int 8080` the number.
#include "convert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scalar.h"

#define CORE "tag:yaml.org,2002:"
#define OURS "tag:nuxi.nl,2015:cloudabi/"

typedef const argdata_t *convert_fn(struct config *, const struct yaml_node *);

// Takes the new value into the configuration.
static const argdata_t *keep(struct config *config, const struct yaml_node *node,
                             argdata_t *value) {
    if (value == NULL) {
        config_fail(config, node, errno == EILSEQ ? "not UTF-8: expected text" : "out of memory");
        return NULL;
    }
    if (config->values_count == config->values_capacity) {
        size_t grown = config->values_capacity == 0 ? 64 : config->values_capacity * 2;
        argdata_t **values = realloc(config->values, grown * sizeof(argdata_t *));
        if (values == NULL) {
            argdata_free(value);
            config_fail(config, node, "out of memory");
            return NULL;
        }
        config->values = values;
        config->values_capacity = grown;
    }
    return config->values[config->values_count++] = value;
}

static const argdata_t *bad_value(struct config *config, const struct yaml_node *node,
                                  const char *expected) {
    config_fail(config, node, "'%.64s' has the wrong form: expected %s", node->text, expected);
    return NULL;
}

static const argdata_t *convert_str(struct config *config, const struct yaml_node *node) {
    return keep(config, node, argdata_create_str(node->text, node->length));
}

static const argdata_t *convert_null(struct config *config, const struct yaml_node *node) {
    if (node->length == 0 || strcmp(node->text, "null") == 0 || strcmp(node->text, "~") == 0)
        return &argdata_null;
    return bad_value(config, node, "nothing, 'null' or '~' after !!null");
}

static const argdata_t *convert_bool(struct config *config, const struct yaml_node *node) {
    bool value;
    if (!scalar_bool(node->text, node->length, &value))
        return bad_value(config, node, "'true' or 'false' after !!bool");
    return value ? &argdata_true : &argdata_false;
}

static const argdata_t *convert_int(struct config *config, const struct yaml_node *node) {
    int64_t s;
    uint64_t u;
    switch (scalar_int(node->text, node->length, &s, &u)) {
    case SCALAR_INT_SIGNED:
        return keep(config, node, argdata_create_int_s(s));
    case SCALAR_INT_UNSIGNED:
        return keep(config, node, argdata_create_int_u(u));
    case SCALAR_INT_RANGE:
        config_fail(config, node,
                    "'%.64s' is out of range: expected an integer from -9223372036854775808 to "
                    "18446744073709551615",
                    node->text);
        return NULL;
    case SCALAR_INT_BAD:
        break;
    }
    return bad_value(config, node, "decimal digits after !!int");
}

static const argdata_t *convert_float(struct config *config, const struct yaml_node *node) {
    double value;
    if (!scalar_float(node->text, node->length, &value))
        return bad_value(config, node,
                         "a decimal number in the range of a double, .inf, -.inf or .nan after "
                         "!!float");
    return keep(config, node, argdata_create_float(value));
}

static const argdata_t *convert_binary(struct config *config, const struct yaml_node *node) {
    unsigned char *bytes = arena_alloc(&config->arena, node->length);
    size_t size;
    if (!scalar_binary(node->text, node->length, bytes, &size))
        return bad_value(config, node, "base64 with its padding after !!binary");
    return keep(config, node, argdata_create_binary(bytes, size));
}

static const argdata_t *convert_timestamp(struct config *config, const struct yaml_node *node) {
    struct timespec value;
    if (!scalar_timestamp(node->text, node->length, &value))
        return bad_value(config, node,
                         "a time like 2020-01-31T23:59:59.5Z or a date like 2020-01-31 after "
                         "!!timestamp");
    return keep(config, node, argdata_create_timestamp(&value));
}

static const argdata_t *convert_seq(struct config *config, const struct yaml_node *node) {
    const argdata_t **values = arena_alloc(&config->arena, node->count * sizeof(argdata_t *));
    for (size_t i = 0; i < node->count; i++)
        if ((values[i] = convert_node(config, node->items[i])) == NULL)
            return NULL;
    return keep(config, node, argdata_create_seq(values, node->count));
}

static const argdata_t *convert_map(struct config *config, const struct yaml_node *node) {
    size_t count = node->count / 2;
    const argdata_t **keys = arena_alloc(&config->arena, count * sizeof(argdata_t *));
    const argdata_t **values = arena_alloc(&config->arena, count * sizeof(argdata_t *));
    for (size_t i = 0; i < count; i++)
        if ((keys[i] = convert_node(config, node->items[2 * i])) == NULL ||
            (values[i] = convert_node(config, node->items[2 * i + 1])) == NULL)
            return NULL;
    size_t duplicate = config_duplicate_key(config, keys, count);
    if (duplicate < count) {
        const struct yaml_node *key = node->items[2 * duplicate];
        config_fail(config, key, "duplicate key '%.64s': expected each key once",
                    key->kind == YAML_SCALAR ? key->text : "...");
        return NULL;
    }
    return keep(config, node, argdata_create_map(keys, values, count));
}

static const argdata_t *keep_fd(struct config *config, const struct yaml_node *node, int number) {
    return number < 0 ? NULL : keep(config, node, argdata_create_fd(number));
}

static const argdata_t *convert_fd(struct config *config, const struct yaml_node *node) {
    return keep_fd(config, node, config_grant_fd(config, node));
}

static const argdata_t *convert_file(struct config *config, const struct yaml_node *node) {
    return keep_fd(config, node, config_grant_file(config, node));
}

static const argdata_t *convert_socket(struct config *config, const struct yaml_node *node) {
    return keep_fd(config, node, config_grant_socket(config, node));
}

static const argdata_t *convert_executable(struct config *config, const struct yaml_node *node) {
    return keep_fd(config, node, config_grant_executable(config, node));
}

static const struct {
    const char *tag;
    const char *shown;
    enum yaml_kind kind;
    convert_fn *convert;
} tags[] = {
    {CORE "str", "!!str", YAML_SCALAR, convert_str},
    {CORE "int", "!!int", YAML_SCALAR, convert_int},
    {CORE "bool", "!!bool", YAML_SCALAR, convert_bool},
    {CORE "null", "!!null", YAML_SCALAR, convert_null},
    {CORE "float", "!!float", YAML_SCALAR, convert_float},
    {CORE "binary", "!!binary", YAML_SCALAR, convert_binary},
    {CORE "timestamp", "!!timestamp", YAML_SCALAR, convert_timestamp},
    {CORE "seq", "!!seq", YAML_SEQUENCE, convert_seq},
    {CORE "map", "!!map", YAML_MAPPING, convert_map},
    {OURS "fd", "!fd", YAML_SCALAR, convert_fd},
    {OURS "file", "!file", YAML_MAPPING, convert_file},
    {OURS "socket", "!socket", YAML_MAPPING, convert_socket},
    {OURS "executable", "!executable", YAML_SCALAR, convert_executable},
};

static const char *const kinds[] = {
    [YAML_SCALAR] = "a scalar", [YAML_SEQUENCE] = "a sequence", [YAML_MAPPING] = "a map"};

static const argdata_t *convert_untagged(struct config *config, const struct yaml_node *node) {
    switch (node->kind) {
    case YAML_SEQUENCE:
        return convert_seq(config, node);
    case YAML_MAPPING:
        return convert_map(config, node);
    case YAML_SCALAR:
        break;
    }
    return node->plain && node->length == 0 ? &argdata_null : convert_str(config, node);
}

const argdata_t *convert_node(struct config *config, const struct yaml_node *node) {
    if (node->tag == NULL || strcmp(node->tag, "!") == 0)
        return convert_untagged(config, node);
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        // `!fd` is taken as it stands when no %TAG line gives `!` another meaning.
        if (strcmp(node->tag, tags[i].tag) != 0 &&
            (strcmp(node->tag, tags[i].shown) != 0 || tags[i].shown[1] == '!'))
            continue;
        if (node->kind == tags[i].kind)
            return tags[i].convert(config, node);
        config_fail(config, node, "%s stands before %s: expected %s", tags[i].shown,
                    kinds[node->kind], kinds[tags[i].kind]);
        return NULL;
    }
    config_fail(config, node,
                "unknown tag '%.128s': expected !fd, !file, !socket, !executable, !!str, !!int, "
                "!!bool, !!null, !!float, !!binary, !!timestamp, !!seq or !!map",
                node->tag);
    return NULL;
}
