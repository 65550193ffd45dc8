// SPDX-License-Identifier: BSD-2-Clause
// Memory of one configuration, freed all at once.
#ifndef CLOUDABI_RUN_ARENA_H
#define CLOUDABI_RUN_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *blocks;
};

// Zeroed memory of `size` bytes, aligned for any type. Ends the process when there is none left:
// nothing has been opened or started by then.
void *arena_alloc(struct arena *arena, size_t size);

// A copy of `length` bytes with a NUL after them.
char *arena_copy(struct arena *arena, const void *bytes, size_t length);

void arena_free(struct arena *arena);

#endif
