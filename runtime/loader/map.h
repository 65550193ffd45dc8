// SPDX-License-Identifier: BSD-2-Clause
// Maps a checked program.
#ifndef LOADER_MAP_H
#define LOADER_MAP_H

#include "elf_check.h"
#include "loader.h"

// elf_check's view of a file descriptor.
linux_result elf_source_init(struct elf_source *source, int fd);

// Maps every segment at one bias, random or 0, which is stored. Returns 0 or -errno; after a
// failure the address space is not clean: the process has to end.
linux_result map_program(const struct elf_image *image, int fd, uint64_t *bias);

#endif
