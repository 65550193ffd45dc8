// SPDX-License-Identifier: BSD-2-Clause
// Follows all ways through two programs at once. What a way has asked of each word of the data is
// kept; one that no word can meet is dropped. Words do not depend on each other, so the rest is
// real.
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "machine.h"

enum { WORDS = sizeof(struct seccomp_data) / 4, NEEDS = 16, EXCLUDED = 512, NO_WORD = WORDS };

// Words from low to high, without the bits of `without`, with at least one of each of `needs`.
struct limits {
    uint32_t low, high, without;
    size_t needs_count, excluded_count;
    uint32_t needs[NEEDS], excluded[EXCLUDED];
};

struct machine {
    const struct sock_filter *code, *at;
    int word; // which is loaded
};

struct walk {
    size_t first;
    struct limits limits[WORDS];
    struct seccomp_data *witness;
};

// The smallest number from `low` on without the bits of `without` and with all of `with`.
static bool next_match(uint32_t low, uint32_t without, uint32_t with, uint32_t *found) {
    // Bits from the top: follow `low` as far as that is allowed; the first bit above it frees the
    // rest, which is then as small as may be.
    uint32_t best = 0;
    bool have = false;
    uint32_t prefix = 0;
    for (int bit = 31; bit >= 0; bit--) {
        uint32_t mask = UINT32_C(1) << bit, rest = mask - 1;
        if ((low & mask) == 0 && (without & mask) == 0) { // one above it, here
            best = prefix | mask | (with & rest);
            have = true;
        }
        uint32_t wanted = low & mask;
        if ((wanted != 0 && (without & mask) != 0) || (wanted == 0 && (with & mask) != 0)) {
            *found = best;
            return have;
        }
        prefix |= wanted;
    }
    *found = prefix;
    return true;
}

static bool is_excluded(const struct limits *limits, uint32_t word) {
    for (size_t i = 0; i < limits->excluded_count; i++)
        if (limits->excluded[i] == word)
            return true;
    return false;
}

// Whether any word meets the limits. Of each need one bit is chosen, in all ways.
static bool possible(const struct limits *limits, size_t need, uint32_t with, uint32_t *word) {
    if (need < limits->needs_count) {
        uint32_t bits = limits->needs[need] & ~limits->without;
        if ((bits & with) != 0)
            return possible(limits, need + 1, with, word);
        for (; bits != 0; bits &= bits - 1)
            if (possible(limits, need + 1, with | (bits & -bits), word))
                return true;
        return false;
    }
    uint32_t from = limits->low;
    while (next_match(from, limits->without, with, word) && *word <= limits->high) {
        if (!is_excluded(limits, *word))
            return true;
        if (*word == UINT32_MAX)
            return false;
        from = *word + 1;
    }
    return false;
}

// Adds what the comparison asks, if it comes out as `yes`; false if no word can.
static bool add(struct limits *limits, const struct sock_filter *at, bool yes) {
    uint32_t k = at->k, low = 0, high = UINT32_MAX, word;
    switch (BPF_OP(at->code)) {
    case BPF_JEQ:
        if (yes) {
            low = high = k;
        } else {
            if (limits->excluded_count == EXCLUDED)
                abort();
            limits->excluded[limits->excluded_count++] = k;
        }
        break;
    case BPF_JGT:
        if (yes && k == UINT32_MAX)
            return false;
        *(yes ? &low : &high) = yes ? k + 1 : k;
        break;
    case BPF_JGE:
        if (!yes && k == 0)
            return false;
        *(yes ? &low : &high) = yes ? k : k - 1;
        break;
    default:
        if (!yes) {
            limits->without |= k;
        } else {
            if (limits->needs_count == NEEDS)
                abort();
            limits->needs[limits->needs_count++] = k;
        }
    }
    limits->low = low > limits->low ? low : limits->low;
    limits->high = high < limits->high ? high : limits->high;
    return possible(limits, 0, 0, &word);
}

// Goes on to the next comparison or return.
static void run_on(struct machine *machine) {
    for (;; machine->at++) {
        if (BPF_CLASS(machine->at->code) == BPF_LD)
            machine->word = (int)(machine->at->k / 4);
        else if (machine->at->code == (BPF_JMP | BPF_JA))
            machine->at += machine->at->k;
        else
            return;
    }
}

static void testify(const struct walk *walk) {
    for (size_t i = 0; i < WORDS; i++) {
        uint32_t word;
        if (!possible(&walk->limits[i], 0, 0, &word))
            abort();
        memcpy((char *)walk->witness + 4 * i, &word, sizeof word);
    }
}

static struct machine step(const struct machine *machine, bool yes) {
    const struct sock_filter *at = machine->at;
    return (struct machine){machine->code, at + 1 + (yes ? at->jt : at->jf), machine->word};
}

static bool same(struct walk *walk, struct machine one, struct machine other) {
    // From a common place behind the difference both go on alike.
    if (one.at - one.code == other.at - other.code && one.word == other.word &&
        (size_t)(one.at - one.code) > walk->first)
        return true;
    run_on(&one);
    run_on(&other);
    bool one_ended = BPF_CLASS(one.at->code) == BPF_RET;
    if (one_ended && BPF_CLASS(other.at->code) == BPF_RET) {
        if (one.at->k == other.at->k)
            return true;
        testify(walk);
        return false;
    }
    struct machine *asking = one_ended ? &other : &one;
    if (asking->word == NO_WORD) {
        static const struct seccomp_data none;
        bool yes = machine_run((struct sock_filter[]){{asking->at->code, 0, 1, asking->at->k},
                                                      {BPF_RET, 0, 0, 1},
                                                      {BPF_RET, 0, 0, 0}},
                               &none, NULL) == 1;
        *asking = step(asking, yes);
        return same(walk, one, other);
    }
    int word = asking->word;
    struct machine before = *asking;
    struct limits kept = walk->limits[word];
    bool result = true;
    for (int yes = 0; yes < 2 && result; yes++) {
        if (add(&walk->limits[word], before.at, yes != 0)) {
            *asking = step(&before, yes != 0);
            result = same(walk, one, other);
        }
        walk->limits[word] = kept;
    }
    return result;
}

bool equivalent(const struct sock_filter *one, const struct sock_filter *other, size_t first,
                struct seccomp_data *witness) {
    struct walk walk = {.first = first, .witness = witness};
    for (size_t i = 0; i < WORDS; i++)
        walk.limits[i].high = UINT32_MAX;
    return same(&walk, (struct machine){one, one, NO_WORD},
                (struct machine){other, other, NO_WORD});
}
