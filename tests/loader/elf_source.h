// SPDX-License-Identifier: BSD-2-Clause
// elf_check on bytes in memory, for the host.
#ifndef TESTS_LOADER_ELF_SOURCE_H
#define TESTS_LOADER_ELF_SOURCE_H

#include <string.h>

#include "../../runtime/loader/elf_check.h"

static int64_t read_memory(const struct elf_source *source, void *buf, uint64_t len,
                           uint64_t offset) {
    if (offset >= source->size)
        return 0;
    if (len > source->size - offset)
        len = source->size - offset;
    memcpy(buf, (const char *)source->bytes + offset, len);
    return (int64_t)len;
}

static inline struct elf_source elf_source_memory(const void *bytes, uint64_t size) {
    return (struct elf_source){.read = read_memory, .size = size, .bytes = bytes};
}

#endif
