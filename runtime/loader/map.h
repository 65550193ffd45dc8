// SPDX-License-Identifier: BSD-2-Clause
// Maps a checked program.
#ifndef LOADER_MAP_H
#define LOADER_MAP_H

#include "elf_check.h"
#include "loader.h"

// elf_check's view of a file descriptor.
linux_result elf_source_init(struct elf_source *source, int fd);

// Reads up to len bytes, fewer only at the end of the file. Negative if it cannot be read.
int64_t fd_read_at(int fd, void *buf, uint64_t len, uint64_t offset);

// Maps every segment at one bias, of this random number or 0, which is stored. Returns 0 or -errno;
// after a failure the address space is not clean: the process has to end.
linux_result map_program(const struct elf_image *image, int fd, uint64_t random, uint64_t *bias);

#endif
