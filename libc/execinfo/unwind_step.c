// SPDX-License-Identifier: BSD-2-Clause
// Runs the program of an unwind table up to a place in the function, then goes to the caller's
// frame. Stack pointer, frame pointer and return address are all that is followed.

#include <stddef.h>
#include <string.h>

#include "libc.h"
#include "unwind.h"

#if defined(__x86_64__)
enum { FP = 6, SP = 7, RETURN = 16 };
#else
enum { FP = -1, SP = -2, RETURN = -3 };
#endif

// DWARF 5, section 7.24.
enum {
    ADVANCE = 0x40,
    OFFSET = 0x80,
    RESTORE = 0xc0,
    NOTHING = 0x00,
    ADVANCE_1 = 0x02,
    ADVANCE_2 = 0x03,
    ADVANCE_4 = 0x04,
    OFFSET_EXTENDED = 0x05,
    RESTORE_EXTENDED = 0x06,
    UNDEFINED = 0x07,
    SAME_VALUE = 0x08,
    IN_REGISTER = 0x09,
    REMEMBER = 0x0a,
    RESTORE_STATE = 0x0b,
    DEFINE = 0x0c,
    DEFINE_REGISTER = 0x0d,
    DEFINE_OFFSET = 0x0e,
    DEFINE_EXPRESSION = 0x0f,
    EXPRESSION = 0x10,
    OFFSET_SIGNED = 0x11,
    DEFINE_SIGNED = 0x12,
    DEFINE_OFFSET_SIGNED = 0x13,
    VALUE_EXPRESSION = 0x16,
    ARGUMENTS_SIZE = 0x2e,
};

struct rule {
    enum { SAME, SAVED, LOST } kind;
    int64_t offset; // from the canonical frame address
};

struct rules {
    uint64_t base; // the register that the canonical frame address is relative to
    int64_t offset;
    bool understood;
    struct rule fp, pc;
};

enum { DEPTH = 4 };

struct machine {
    const struct unwind_entry *entry;
    uintptr_t place, pc;
    struct rules now, initial, remembered[DEPTH];
    int depth;
};

static void set_rule(struct rules *rules, uint64_t number, struct rule rule) {
    if (number == (uint64_t)FP)
        rules->fp = rule;
    if (number == (uint64_t)RETURN)
        rules->pc = rule;
}

static void restore(struct machine *m, uint64_t number) {
    set_rule(&m->now, number, number == (uint64_t)FP ? m->initial.fp : m->initial.pc);
}

static void define(struct rules *rules, uint64_t base, int64_t offset) {
    rules->base = base;
    rules->offset = offset;
    rules->understood = true;
}

static void skip_block(const unsigned char **p) {
    size_t size = read_unsigned(p);
    *p += size;
}

static void advance(struct machine *m, const unsigned char **p, size_t bytes) {
    uint32_t distance = 0;
    memcpy(&distance, *p, bytes); // the machines are little-endian
    *p += bytes;
    m->place += distance * m->entry->code_unit;
}

// The instructions that say where a register is. False if it is none of them.
static bool locate(struct machine *m, unsigned char code, const unsigned char **p) {
    struct rule rule = {LOST, 0};
    if (code < OFFSET_EXTENDED || (code > IN_REGISTER && code < EXPRESSION) || code > 0x16 ||
        code == DEFINE_SIGNED || code == DEFINE_OFFSET_SIGNED)
        return false;
    uint64_t number = read_unsigned(p);
    switch (code) {
    case OFFSET_EXTENDED:
        rule = (struct rule){SAVED, (int64_t)read_unsigned(p) * m->entry->data_unit};
        break;
    case OFFSET_SIGNED:
        rule = (struct rule){SAVED, read_signed(p) * m->entry->data_unit};
        break;
    case RESTORE_EXTENDED:
        restore(m, number);
        return true;
    case SAME_VALUE:
        rule.kind = SAME;
        break;
    case EXPRESSION:
    case VALUE_EXPRESSION:
        skip_block(p);
        break;
    case UNDEFINED:
        break;
    default: // another register, or a value beside the canonical frame address
        read_unsigned(p);
    }
    set_rule(&m->now, number, rule);
    return true;
}

// One instruction. False for one that is unknown.
static bool execute(struct machine *m, unsigned char code, const unsigned char **p) {
    int64_t unit = m->entry->data_unit;
    uint64_t number;
    switch (code) {
    case NOTHING:
        return true;
    case ADVANCE_1:
    case ADVANCE_2:
    case ADVANCE_4:
        advance(m, p, (size_t)1 << (code - ADVANCE_1));
        return true;
    case REMEMBER:
        if (m->depth == DEPTH)
            return false;
        m->remembered[m->depth++] = m->now;
        return true;
    case RESTORE_STATE:
        if (m->depth == 0)
            return false;
        m->now = m->remembered[--m->depth];
        return true;
    case DEFINE:
        number = read_unsigned(p);
        define(&m->now, number, (int64_t)read_unsigned(p));
        return true;
    case DEFINE_SIGNED:
        number = read_unsigned(p);
        define(&m->now, number, read_signed(p) * unit);
        return true;
    case DEFINE_REGISTER:
        m->now.base = read_unsigned(p);
        return true;
    case DEFINE_OFFSET:
        m->now.offset = (int64_t)read_unsigned(p);
        return true;
    case DEFINE_OFFSET_SIGNED:
        m->now.offset = read_signed(p) * unit;
        return true;
    case DEFINE_EXPRESSION:
        skip_block(p);
        m->now.understood = false;
        return true;
    case ARGUMENTS_SIZE:
        read_unsigned(p);
        return true;
    default:
        return locate(m, code, p);
    }
}

// Runs until the instructions for places behind `pc` begin.
static bool run(struct machine *m, const unsigned char *p, const unsigned char *end) {
    while (p < end) {
        unsigned char code = *p++;
        switch (code & 0xc0) {
        case ADVANCE:
            m->place += (code & 0x3f) * m->entry->code_unit;
            break;
        case OFFSET:
            set_rule(&m->now, code & 0x3f,
                     (struct rule){SAVED, (int64_t)read_unsigned(&p) * m->entry->data_unit});
            break;
        case RESTORE:
            restore(m, code & 0x3f);
            break;
        default:
            if (!execute(m, code, &p))
                return false;
        }
        if (m->place > m->pc)
            return true;
    }
    return true;
}

static uintptr_t load(uintptr_t address) {
    return *(const uintptr_t *)address;
}

bool __unwind_step(const struct unwind_entry *entry, uintptr_t pc, struct frame *frame) {
    struct machine m = {.entry = entry, .place = entry->start, .pc = pc};
    if (!run(&m, entry->common, entry->common_end))
        return false;
    m.initial = m.now;
    if (!run(&m, entry->own, entry->own_end) || !m.now.understood || m.now.pc.kind != SAVED)
        return false;
    uintptr_t base;
    if (m.now.base == (uint64_t)SP)
        base = frame->sp;
    else if (m.now.base == (uint64_t)FP && frame->fp_known)
        base = frame->fp;
    else
        return false;
    uintptr_t address = base + (uintptr_t)m.now.offset;
    if (address <= frame->sp || address % sizeof(uintptr_t) != 0)
        return false; // stacks grow downwards
    frame->pc = load(address + (uintptr_t)m.now.pc.offset);
    if (m.now.fp.kind == SAVED)
        frame->fp = load(address + (uintptr_t)m.now.fp.offset);
    frame->fp_known = m.now.fp.kind == SAVED || (frame->fp_known && m.now.fp.kind == SAME);
    frame->sp = address;
    return true;
}
