// SPDX-License-Identifier: BSD-2-Clause
// The tags that stand for descriptors.
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "scalar.h"

struct grant *config_new_grant(struct config *config, const struct yaml_node *node) {
    struct grants *grants = &config->grants;
    if (grants->count == CONFIG_GRANTS_MAX) {
        config_fail(config, node, "too many descriptors: expected at most %d", CONFIG_GRANTS_MAX);
        return NULL;
    }
    if (grants->count == config->grants_capacity) {
        size_t grown = config->grants_capacity == 0 ? 16 : config->grants_capacity * 2;
        struct grant *list = arena_alloc(&config->arena, grown * sizeof *list);
        if (grants->count > 0)
            memcpy(list, grants->list, grants->count * sizeof *list);
        grants->list = list;
        config->grants_capacity = grown;
    }
    char where[512];
    int length =
        snprintf(where, sizeof where, "%.400s:%lu:%lu", config->name, node->line, node->column);
    struct grant *grant = &grants->list[grants->count++];
    *grant = (struct grant){.fd = -1};
    grant->where = arena_copy(&config->arena, where, (size_t)length);
    return grant;
}

// The same descriptor named twice is one descriptor of the program.
static int find(const struct config *config, enum grant_kind kind, int inherited) {
    for (size_t i = 0; i < config->grants.count; i++)
        if (config->grants.list[i].kind == kind && config->grants.list[i].inherited == inherited)
            return (int)i;
    return -1;
}

static int shared_grant(struct config *config, const struct yaml_node *node, enum grant_kind kind,
                        int inherited) {
    int number = find(config, kind, inherited);
    if (number >= 0)
        return number;
    struct grant *grant = config_new_grant(config, node);
    if (grant == NULL)
        return -1;
    grant->kind = kind;
    grant->inherited = inherited;
    return (int)config->grants.count - 1;
}

int config_grant_fd(struct config *config, const struct yaml_node *node) {
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    int64_t s;
    uint64_t number = UINT64_MAX;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(node->text, names[i]) == 0)
            number = i;
    if (number == UINT64_MAX &&
        (scalar_int(node->text, node->length, &s, &number) != SCALAR_INT_UNSIGNED ||
         number > INT_MAX))
        return config_fail(config, node,
                           "'%.64s' is not a descriptor: expected stdin, stdout, stderr or a "
                           "decimal number after !fd",
                           node->text);
    if (number == 0 && !config->stdin_is_free)
        return config_fail(config, node,
                           "standard input carries this configuration: expected it in a file, "
                           "named by --config FILE, so that `!fd stdin` can be granted");
    return shared_grant(config, node, GRANT_INHERITED, (int)number);
}

int config_grant_executable(struct config *config, const struct yaml_node *node) {
    return shared_grant(config, node, GRANT_PROGRAM, 0);
}

int config_attributes(struct config *config, const struct yaml_node *node, const char *tag,
                      const char *const *names, const struct yaml_node **values, size_t count) {
    for (size_t i = 0; i < count; i++)
        values[i] = NULL;
    for (size_t i = 0; i < node->count; i += 2) {
        const struct yaml_node *key = node->items[i];
        size_t j = 0;
        if (key->kind == YAML_SCALAR && key->tag == NULL)
            while (j < count && strcmp(key->text, names[j]) != 0)
                j++;
        else
            j = count;
        if (j == count) {
            char expected[128] = "";
            for (size_t k = 0; k < count; k++)
                snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s%s",
                         k == 0           ? ""
                         : k == count - 1 ? " or "
                                          : ", ",
                         names[k]);
            return config_fail(config, key, "%s has no attribute '%.64s': expected %s", tag,
                               key->kind == YAML_SCALAR ? key->text : "...", expected);
        }
        if (values[j] != NULL)
            return config_fail(config, key, "a second '%s': expected each attribute once",
                               names[j]);
        values[j] = node->items[i + 1];
    }
    return 0;
}

int config_required(struct config *config, const struct yaml_node *node, const char *tag,
                    const char *name, const struct yaml_node *value) {
    if (value != NULL)
        return 0;
    return config_fail(config, node, "%s without '%s': expected '%s: ...' in it", tag, name, name);
}

int config_string(struct config *config, const struct yaml_node *node, const char *name) {
    bool string = node->kind == YAML_SCALAR &&
                  (node->tag == NULL || strcmp(node->tag, "tag:yaml.org,2002:str") == 0);
    if (!string || node->length == 0 || strlen(node->text) != node->length)
        return config_fail(config, node, "'%s' has the wrong type: expected a string%s", name,
                           string ? " that is not empty and holds no NUL" : "");
    return 0;
}
