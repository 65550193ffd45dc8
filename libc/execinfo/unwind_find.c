// SPDX-License-Identifier: BSD-2-Clause
// Finds a function's unwind table: .eh_frame_hdr is sorted, and names an entry of .eh_frame for
// each function. Only the encodings that linkers and compilers use for it are understood.

#define _GNU_SOURCE
#include <link.h>
#include <string.h>

#include "libc.h"
#include "unwind.h"

enum {
    UNSIGNED_4 = 0x03,
    PC_RELATIVE_4 = 0x1b,    // signed, to its own address
    TABLE_RELATIVE_4 = 0x3b, // signed, to .eh_frame_hdr
};

static uint32_t read_4(const unsigned char **p) {
    uint32_t value;
    memcpy(&value, *p, sizeof(value));
    *p += sizeof(value);
    return value;
}

static uintptr_t read_relative(const unsigned char **p) {
    uintptr_t base = (uintptr_t)*p;
    return base + (intptr_t)(int32_t)read_4(p);
}

static const unsigned char *table(void) {
    const ElfW(Phdr) *segment = libc.phdr;
    for (size_t i = 0; i < libc.phnum; ++i)
        if (segment[i].p_type == PT_GNU_EH_FRAME)
            return (const unsigned char *)(libc.base + segment[i].p_vaddr);
    return NULL;
}

// The entry of the last function that begins at `pc` or before, or NULL.
static const unsigned char *search(uintptr_t pc) {
    const unsigned char *header = table();
    static const unsigned char known[] = {1, PC_RELATIVE_4, UNSIGNED_4, TABLE_RELATIVE_4};
    if (header == NULL || memcmp(header, known, sizeof(known)) != 0)
        return NULL;
    const unsigned char *p = header + 8;
    size_t low = 0, high = read_4(&p);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const unsigned char *row = p + 8 * middle;
        if ((uintptr_t)header + (intptr_t)(int32_t)read_4(&row) <= pc)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const unsigned char *row = p + 8 * (low - 1) + 4;
    return header + (int32_t)read_4(&row);
}

// What entries have in common.
static bool read_common(const unsigned char *p, struct unwind_entry *entry) {
    uint32_t size = read_4(&p);
    entry->common_end = p + size;
    if (size == UINT32_MAX || read_4(&p) != 0)
        return false;
    unsigned char version = *p++;
    const char *augmentation = (const char *)p;
    p += strlen(augmentation) + 1;
    if (version != 1 && version != 3)
        return false;
    entry->code_unit = read_unsigned(&p);
    entry->data_unit = read_signed(&p);
    if (version == 1)
        ++p;
    else
        read_unsigned(&p);
    if (augmentation[0] != 'z')
        return false; // addresses are encoded otherwise then
    size_t length = read_unsigned(&p);
    entry->common = p + length;
    for (const char *letter = augmentation + 1; *letter != '\0'; ++letter) {
        unsigned char encoding = *p++;
        if (*letter == 'P') // of C++ and the like: a function that handles exceptions
            p += (encoding & 7) == 3 ? 4 : (encoding & 7) == 2 ? 2 : 8;
        else if ((*letter == 'R' && encoding != PC_RELATIVE_4) || strchr("RL", *letter) == NULL)
            return false;
    }
    return true;
}

bool __unwind_find(uintptr_t pc, struct unwind_entry *entry) {
    const unsigned char *p = search(pc);
    if (p == NULL)
        return false;
    uint32_t size = read_4(&p);
    entry->own_end = p + size;
    const unsigned char *field = p;
    uint32_t back = read_4(&p);
    if (size == UINT32_MAX || back == 0 || !read_common(field - back, entry))
        return false;
    entry->start = read_relative(&p);
    uint32_t range = read_4(&p);
    size_t length = read_unsigned(&p);
    entry->own = p + length;
    return pc - entry->start < range;
}
