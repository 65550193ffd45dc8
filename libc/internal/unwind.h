/* SPDX-License-Identifier: BSD-2-Clause */
/* Unwind tables: where a function's caller has its registers. The tables are DWARF's call frame
 * information, found through .eh_frame_hdr; they are the program's own and trusted. */
#ifndef UNWIND_H
#define UNWIND_H

#include <stdbool.h>
#include <stdint.h>

/* What compilers of C need to find a frame. */
struct frame {
    uintptr_t pc, sp, fp;
    bool fp_known;
};

/* The description of one function: its program, and that of all functions like it. */
struct unwind_entry {
    const unsigned char *common, *common_end, *own, *own_end;
    uintptr_t start; /* of the function */
    uint64_t code_unit;
    int64_t data_unit;
};

/* Looks for the function that has `pc`. False if it has no table. */
hidden bool __unwind_find(uintptr_t pc, struct unwind_entry *entry);

/* Makes `frame`, which is in the function of `entry`, the caller's. `pc` is what the table is asked
 * for. False at the outermost frame, or where the table says more than is understood here. */
hidden bool __unwind_step(const struct unwind_entry *entry, uintptr_t pc, struct frame *frame);

/* Numbers of variable length. */
static inline uint64_t read_unsigned(const unsigned char **p) {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = *(*p)++;
        if (shift < 64)
            value |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
}

static inline int64_t read_signed(const unsigned char **p) {
    uint64_t value = 0;
    unsigned shift = 0;
    unsigned char byte;
    do {
        byte = *(*p)++;
        if (shift < 64)
            value |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while ((byte & 0x80) != 0);
    if ((byte & 0x40) != 0 && shift < 64)
        value |= UINT64_MAX << shift;
    return (int64_t)value;
}

#endif
