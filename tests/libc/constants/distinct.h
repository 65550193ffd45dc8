// SPDX-License-Identifier: BSD-2-Clause
// Families of constants: what must differ, and flags that must not overlap.

#ifndef DISTINCT_H
#define DISTINCT_H

#include "check.h"

struct named {
    const char *name;
    long long value;
};

#define NAMED(name)                                                                                \
    { #name, (long long)(name) }
#define DISTINCT(t, ...)                                                                           \
    distinct(t, (const struct named[]){__VA_ARGS__},                                               \
             sizeof((const struct named[]){__VA_ARGS__}) / sizeof(struct named))
#define FLAGS(t, ...)                                                                              \
    flags(t, (const struct named[]){__VA_ARGS__},                                                  \
          sizeof((const struct named[]){__VA_ARGS__}) / sizeof(struct named))

// No two have the same value.
static inline void distinct(struct check *t, const struct named *all, size_t count) {
    for (size_t i = 0; i < count; ++i)
        for (size_t j = i + 1; j < count; ++j)
            if (all[i].value == all[j].value)
                check_fail(t, __FILE__, __LINE__, "%s and %s are both %lld", all[i].name,
                           all[j].name, all[i].value);
}

// Each has bits, and none that another has.
static inline void flags(struct check *t, const struct named *all, size_t count) {
    long long seen = 0;
    for (size_t i = 0; i < count; ++i) {
        if (all[i].value == 0 || (all[i].value & seen) != 0)
            check_fail(t, __FILE__, __LINE__, "%s is %#llx, and those before it have %#llx",
                       all[i].name, (unsigned long long)all[i].value, (unsigned long long)seen);
        seen |= all[i].value;
    }
}

#endif
