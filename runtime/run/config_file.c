// SPDX-License-Identifier: BSD-2-Clause
// !file: a file or directory by its path.
#include <limits.h>
#include <string.h>

#include "config.h"
#include "scalar.h"

#define RIGHTS_EXPECTED                                                                            \
    "expected one or more of list, read, write, append and exec, as in `rights: read|write` or "   \
    "`rights: [read, write]`"

static const struct {
    const char *word;
    enum grant_right right;
} words[] = {
    {"list", GRANT_LIST},     {"read", GRANT_READ}, {"write", GRANT_WRITE},
    {"append", GRANT_APPEND}, {"exec", GRANT_EXEC},
};

static int read_word(struct config *config, const struct yaml_node *node, const char *text,
                     size_t length, unsigned *rights) {
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].word) == length && memcmp(words[i].word, text, length) == 0) {
            *rights |= words[i].right;
            return 0;
        }
    return config_fail(config, node, "unknown right '%.*s': " RIGHTS_EXPECTED,
                       (int)(length < 64 ? length : 64), text);
}

static int read_words(struct config *config, const struct yaml_node *node, unsigned *rights) {
    if (config_string(config, node, "rights") != 0)
        return config_fail(config, node, "'rights' has the wrong type: " RIGHTS_EXPECTED);
    const char *text = node->text;
    for (;;) {
        size_t length = strcspn(text, "|");
        if (read_word(config, node, text, length, rights) != 0)
            return -1;
        if (text[length] == '\0')
            return 0;
        text += length + 1;
    }
}

static int read_rights(struct config *config, const struct yaml_node *node, unsigned *rights) {
    if (node == NULL) {
        *rights = GRANT_READ;
        return 0;
    }
    if (node->kind != YAML_SEQUENCE || node->tag != NULL)
        return read_words(config, node, rights);
    for (size_t i = 0; i < node->count; i++)
        if (read_words(config, node->items[i], rights) != 0)
            return -1;
    return *rights != 0 ? 0 : config_fail(config, node, "no right at all: " RIGHTS_EXPECTED);
}

static int read_create(struct config *config, const struct yaml_node *node, bool *create) {
    if (node == NULL)
        return 0;
    if (node->kind == YAML_SCALAR &&
        (node->tag == NULL || strcmp(node->tag, "tag:yaml.org,2002:bool") == 0) &&
        scalar_bool(node->text, node->length, create))
        return 0;
    return config_fail(config, node, "'create' has the wrong type: expected true or false");
}

int config_grant_file(struct config *config, const struct yaml_node *node) {
    static const char *const names[] = {"path", "rights", "create"};
    const struct yaml_node *attributes[3];
    unsigned rights = 0;
    bool create = false;
    if (config_attributes(config, node, "!file", names, attributes, 3) != 0 ||
        config_required(config, node, "!file", "path", attributes[0]) != 0 ||
        config_string(config, attributes[0], "path") != 0 ||
        read_rights(config, attributes[1], &rights) != 0 ||
        read_create(config, attributes[2], &create) != 0)
        return -1;
    if (attributes[0]->length >= PATH_MAX)
        return config_fail(config, attributes[0], "'path' is too long: expected at most %d bytes",
                           PATH_MAX - 1);
    if (create && !(rights & (GRANT_WRITE | GRANT_APPEND)))
        return config_fail(config, attributes[2],
                           "'create' makes an empty file: expected 'write' or 'append' in its "
                           "rights too");
    struct grant *grant = config_new_grant(config, node);
    if (grant == NULL)
        return -1;
    grant->kind = GRANT_PATH;
    grant->path = attributes[0]->text;
    grant->rights = rights;
    grant->create = create;
    return (int)config->grants.count - 1;
}
