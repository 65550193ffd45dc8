// SPDX-License-Identifier: BSD-2-Clause
// A configuration: the argument data of one program and the descriptors it names. Reading one
// opens and changes nothing.
#ifndef CLOUDABI_RUN_CONFIG_H
#define CLOUDABI_RUN_CONFIG_H

#include <argdata.h>
#include <stdbool.h>
#include <stddef.h>

#include "../sandbox/grant.h"
#include "arena.h"
#include "yaml_tree.h"

// Descriptors of one configuration.
#define CONFIG_GRANTS_MAX 4096

struct config {
    struct arena arena;
    struct grants grants; // in order of first appearance; zero them before config_read()
    void *data;           // serialized; descriptor n in it is grants.list[n]
    size_t data_len;

    // Private to reading.
    const char *name;
    bool stdin_is_free; // the configuration itself did not come through standard input
    struct failure *failure;
    size_t grants_capacity;
    argdata_t **values;
    size_t values_count, values_capacity;
};

// Returns 0, or -1 with the failure filled ("name:line:column: what was expected"). Either way
// config_free() follows.
int config_read(const struct yaml_source *source, bool stdin_is_free, struct config *config,
                struct failure *failure);

void config_free(struct config *config);

// Private to the files of this folder that read a configuration.

// Fills the failure with the node's position and the sentence; returns -1.
int config_fail(struct config *config, const struct yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// The first key, in document order, that was there before; `count` when there is none.
size_t config_duplicate_key(struct config *config, const argdata_t *const *keys, size_t count);

// Reads !fd, !file, !socket or !executable. Returns the descriptor's number for the program, or -1.
int config_grant_fd(struct config *config, const struct yaml_node *node);
int config_grant_file(struct config *config, const struct yaml_node *node);
int config_grant_socket(struct config *config, const struct yaml_node *node);
int config_grant_executable(struct config *config, const struct yaml_node *node);

// Room for one more grant, with its position filled; null with the failure filled when there are
// too many.
struct grant *config_new_grant(struct config *config, const struct yaml_node *node);

// The attributes of a tagged map: each key in `names` at most once and no other. values[i] is the
// node of names[i], or null.
int config_attributes(struct config *config, const struct yaml_node *node, const char *tag,
                      const char *const *names, const struct yaml_node **values, size_t count);

// That the attribute is there.
int config_required(struct config *config, const struct yaml_node *node, const char *tag,
                    const char *name, const struct yaml_node *value);

// An attribute that is a string with something in it and no NUL.
int config_string(struct config *config, const struct yaml_node *node, const char *name);

#endif
