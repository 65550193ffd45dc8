// SPDX-License-Identifier: BSD-2-Clause
// The parts of calls.c. Descriptors: 0 takes lines, 1 is an empty directory with all rights, 2 the
// directory of the programs.
#ifndef ORIGINAL_CALLS_H
#define ORIGINAL_CALLS_H

#include "runtime/runtime.h"

#define DIRECTORY 1
#define PROGRAMS 2
#define PATH(path) (path), sizeof(path) - 1

void calls_files(void);
void calls_memory(void);
void calls_sockets(void);
void calls_threads(void);
void calls_processes(void);
void calls_quirks(void);
void calls_registers(void);

// As openat() of the original asked: all that the directory passes on, less what `mode` excludes.
error_t open_at(uint32_t dir, const char *path, size_t len, uint16_t oflags, uint64_t mode,
                uint32_t *fd);

#endif
