// SPDX-License-Identifier: BSD-2-Clause
// The filters, and what they must answer: one plain line after the other of seccomp.toml.
#ifndef REFERENCE_H
#define REFERENCE_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROGRAMS = 5 };

enum answer { ALLOW, ASK_SUPERVISOR, DO_NOTHING, ABSENT };
enum op { IS, ONLY, AT_MOST };

// A condition on an argument. IS: one of the values; ONLY: no bit outside values[0].
struct check {
    enum op op;
    int index;
    bool wide; // all 64 bits of it, not the low 32
    size_t count;
    uint64_t values[16];
};

struct line {
    const char *text;
    uint32_t number;
    size_t checks_count;
    struct check checks[4];
    enum answer answers[PROGRAMS];
};

extern const struct line lines[];
extern const size_t lines_count;

struct program {
    const char *name;
    const struct sock_filter *code;
    size_t length;
    int column; // in `answers`
};

extern const struct program programs[PROGRAMS];

// What the table says, and nothing else is asked: SECCOMP_RET_* with its value.
uint32_t reference_answer(int column, const struct seccomp_data *data);

#endif
