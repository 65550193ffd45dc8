// SPDX-License-Identifier: BSD-2-Clause
// A YAML document as a tree with the position of each node, before anything gives it a meaning.
#ifndef CLOUDABI_RUN_YAML_TREE_H
#define CLOUDABI_RUN_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "../sandbox/failure.h"
#include "arena.h"

// Collections inside collections. Far more than a configuration needs, far less than the stack or
// the argument data's own limit takes.
#define YAML_NESTING_MAX 64

// Bytes of one document.
#define YAML_SIZE_MAX (1u << 20)

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_node {
    enum yaml_kind kind;
    bool plain;      // a scalar without quotes
    const char *tag; // as resolved by %TAG; null when there is none
    unsigned long line, column;
    const char *text; // scalar: followed by a NUL, may hold others
    size_t length;
    struct yaml_node **items; // mapping: key, value, key, value, ...
    size_t count;
};

// A text being read: its name starts each message.
struct yaml_source {
    const char *name;
    const char *bytes;
    size_t length;
};

// Reads the one document of `source`. `*root` is null for an empty text. Returns 0, or -1 with the
// failure filled ("name:line:column: ...").
int yaml_read(const struct yaml_source *source, struct arena *arena, struct yaml_node **root,
              struct failure *failure);

#endif
