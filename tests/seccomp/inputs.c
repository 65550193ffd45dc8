// SPDX-License-Identifier: BSD-2-Clause
#include "inputs.h"

#include <linux/audit.h>
#include <string.h>

enum { NUMBERS = 1024, X32 = 0x40000000, ARGUMENTS = 6 };
static const uint32_t architectures[] = {AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64, 0,
                                         UINT32_MAX};
// Among them what the checks of the next call in the tree ask for: a wrong jump ends there. The
// second is of the mounter's.
#define NEIGHBOUR 24
#define NEIGHBOUR_IOCTL 0x40082102
static const uint64_t plain[] = {
    0,
    UINT64_MAX,
    1,
    UINT64_C(1) << 32,
    0x7fffffff,
    0x80000000,
    NEIGHBOUR,
    (uint64_t)NEIGHBOUR << 32,
    NEIGHBOUR_IOCTL,
    (uint64_t)NEIGHBOUR_IOCTL << 32,
};
#define LENGTH(array) (sizeof array / sizeof array[0])

struct sink {
    void (*use)(const struct seccomp_data *data, void *context);
    void *context;
    size_t count;
    struct inputs_random random;
};

static void put(struct sink *sink, const struct seccomp_data *data) {
    sink->use(data, sink->context);
    sink->count++;
}

static uint64_t next(struct inputs_random *random) { // splitmix64
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static size_t below(struct inputs_random *random, size_t limit) {
    return next(random) % limit;
}

// Of value and kind, what lies near it. There are this many kinds, and a few for those in a hurry.
enum { NEAR = 6 + 64, NEAR_FEW = 6 };
static uint64_t near(uint64_t value, size_t kind) {
    switch (kind) {
    case 0:
        return value;
    case 1:
        return value + 1;
    case 2:
        return value - 1;
    case 3:
        return value | UINT64_C(0xffffffff) << 32;
    case 4:
        return (uint64_t)(int64_t)(int32_t)value;
    case 5:
        return ~value;
    default:
        return value ^ UINT64_C(1) << (kind - NEAR_FEW);
    }
}

// The arguments that make the line hold, and all others alike.
static struct seccomp_data satisfy(const struct line *line, uint64_t other) {
    struct seccomp_data data = {.nr = (int)line->number, .arch = AUDIT_ARCH_X86_64};
    for (size_t i = 0; i < ARGUMENTS; i++)
        data.args[i] = other;
    for (size_t i = 0; i < line->checks_count; i++)
        data.args[line->checks[i].index] = line->checks[i].values[0];
    return data;
}

static void try_near(struct sink *sink, struct seccomp_data data, const struct check *check,
                     size_t kinds) {
    for (size_t v = 0; v < check->count + LENGTH(plain); v++)
        for (size_t kind = 0; kind < kinds; kind++) {
            uint64_t value = v < check->count ? check->values[v] : plain[v - check->count];
            data.args[check->index] = near(value, kind);
            put(sink, &data);
        }
}

// Each check of the line by itself, then each with each check of the same call's lines: what one
// line asks of the second argument must not let another's first pass.
static void try_line(struct sink *sink, const struct line *line) {
    for (size_t i = 0; i < LENGTH(plain); i++) {
        struct seccomp_data data = satisfy(line, plain[i]);
        put(sink, &data);
        for (size_t c = 0; c < line->checks_count; c++)
            try_near(sink, data, &line->checks[c], NEAR);
    }
    for (size_t l = 0; l < lines_count; l++)
        for (size_t a = 0; lines[l].number == line->number && a < lines[l].checks_count; a++) {
            const struct check *first = &lines[l].checks[a];
            for (size_t v = 0; v < first->count; v++)
                for (size_t kind = 0; kind < NEAR; kind++) {
                    struct seccomp_data data = satisfy(line, 0);
                    data.args[first->index] = near(first->values[v], kind);
                    for (size_t c = 0; c < line->checks_count; c++)
                        if (line->checks[c].index != first->index)
                            try_near(sink, data, &line->checks[c], NEAR_FEW);
                }
        }
}

static void try_number(struct sink *sink, uint32_t number) {
    for (size_t a = 0; a < LENGTH(architectures); a++)
        for (size_t i = 0; i < LENGTH(plain) + 4; i++) {
            struct seccomp_data data = {.nr = (int)number, .arch = architectures[a]};
            for (size_t j = 0; j < ARGUMENTS; j++)
                data.args[j] = i < LENGTH(plain) ? plain[i] : next(&sink->random);
            put(sink, &data);
        }
}

size_t inputs_boundary(void (*use)(const struct seccomp_data *data, void *context), void *context) {
    struct sink sink = {use, context, 0, {1}};
    for (uint32_t number = 0; number < NUMBERS; number++) {
        try_number(&sink, number);
        try_number(&sink, X32 | number);
    }
    for (size_t l = 0; l < lines_count; l++) {
        try_line(&sink, &lines[l]);
        for (int bit = 0; bit < 32; bit++) {
            try_number(&sink, lines[l].number ^ UINT32_C(1) << bit);
            struct seccomp_data data = satisfy(&lines[l], 0);
            data.arch ^= UINT32_C(1) << bit;
            put(&sink, &data);
        }
        try_number(&sink, -lines[l].number);
        try_number(&sink, ~lines[l].number);
    }
    return sink.count;
}

static uint64_t noise(struct inputs_random *random) {
    static const int widths[] = {4, 12, 32, 64};
    return next(random) >> (64 - widths[below(random, LENGTH(widths))]);
}

static uint64_t value_for(struct inputs_random *random, const struct check *check) {
    uint64_t value = check->values[below(random, check->count)];
    switch (below(random, 6)) {
    case 0:
        return near(value, below(random, NEAR));
    case 1:
        return check->op == IS ? value : value & next(random);
    case 2:
        return check->wide ? value : value | next(random) << 32;
    case 3:
        return noise(random);
    default:
        return value;
    }
}

void inputs_random(struct inputs_random *random, struct seccomp_data *data) {
    memset(data, 0, sizeof *data);
    data->instruction_pointer = next(random);
    for (size_t i = 0; i < ARGUMENTS; i++)
        data->args[i] = below(random, 3) == 0 ? 0 : noise(random);
    data->arch = AUDIT_ARCH_X86_64;
    if (below(random, 50) == 0)
        data->arch = below(random, 2) == 0 ? architectures[below(random, LENGTH(architectures))]
                                           : (uint32_t)next(random);
    const struct line *line = &lines[below(random, lines_count)];
    size_t kind = below(random, 20);
    if (kind == 0) {
        data->nr = (int)next(random);
    } else if (kind < 4) {
        data->nr = (int)below(random, NUMBERS);
    } else if (kind == 4) {
        data->nr = (int)near(line->number, below(random, 6 + 32));
    } else {
        data->nr = (int)line->number;
        for (size_t i = 0; i < line->checks_count; i++)
            data->args[line->checks[i].index] = value_for(random, &line->checks[i]);
    }
}
