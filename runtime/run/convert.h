// SPDX-License-Identifier: BSD-2-Clause
// Gives each YAML node its meaning.
#ifndef CLOUDABI_RUN_CONVERT_H
#define CLOUDABI_RUN_CONVERT_H

#include "config.h"

// Returns null with the failure filled when the node means nothing. The value lives as long as the
// configuration.
const argdata_t *convert_node(struct config *config, const struct yaml_node *node);

#endif
