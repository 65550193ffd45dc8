// SPDX-License-Identifier: BSD-2-Clause
// Memory of one configuration, freed all at once.
#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"

struct arena_block {
    struct arena_block *next;
    alignas(max_align_t) char bytes[];
};

void *arena_alloc(struct arena *arena, size_t size) {
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (block == NULL) {
        diag_error("out of memory");
        exit(EXIT_LAUNCHER);
    }
    block->next = arena->blocks;
    arena->blocks = block;
    return block->bytes;
}

char *arena_copy(struct arena *arena, const void *bytes, size_t length) {
    char *copy = arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

void arena_free(struct arena *arena) {
    while (arena->blocks != NULL) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
