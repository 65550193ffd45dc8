// SPDX-License-Identifier: BSD-2-Clause
// System calls to try on a filter.
#ifndef INPUTS_H
#define INPUTS_H

#include "reference.h"

// Next to everything that the table mentions: each value and its neighbours, each of its bits
// turned over, its high half set or extended; pairs of these where two arguments of a call are
// looked at; each call number up to 1023, of several architectures, and odd numbers. In a fixed
// order. Returns how many.
size_t inputs_boundary(void (*use)(const struct seccomp_data *data, void *context), void *context);

// The same kinds, mixed by chance, and plain noise.
struct inputs_random {
    uint64_t state;
};
void inputs_random(struct inputs_random *random, struct seccomp_data *data);

#endif
