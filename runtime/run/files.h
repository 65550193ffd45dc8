// SPDX-License-Identifier: BSD-2-Clause
// The launcher's own files.
#ifndef CLOUDABI_RUN_FILES_H
#define CLOUDABI_RUN_FILES_H

#include "../sandbox/failure.h"
#include "yaml_tree.h"

// Opens /dev/null for each of descriptors 0, 1 and 2 that is closed, so that nothing opened later
// takes its number.
int files_fill_standard(struct failure *failure);

// Reads the configuration, from standard input when `path` is null.
int files_read_config(const char *path, struct yaml_source *source, struct failure *failure);

// These return a descriptor, or -1 with the failure filled.
int files_open_program(const char *path, struct failure *failure);
int files_open_loader(const char *path, struct failure *failure);

#endif
