// SPDX-License-Identifier: BSD-2-Clause
// The tests of compare_main.c. Each prints what it did and returns whether all was right.
#ifndef COMPARE_H
#define COMPARE_H

#include "reference.h"

// Every filter answers as the table says.
bool compare_all(void);

// The same, proved for every call that there can be.
bool prove_all(void);

// Every change of one instruction that changes any answer is found by the inputs of compare_all().
bool mutants_all(void);

// The calls that the kernel answers from its bitmap are those that the table allows without checks.
bool cached_all(void);

// The kernel itself, running each filter, says the same.
bool kernel_all(void);

// Whether both programs give the same answer to every system call there can be: a proof, not a
// sample. If not, `*witness` is one where they differ. They may differ from instruction `first` on.
bool equivalent(const struct sock_filter *one, const struct sock_filter *other, size_t first,
                struct seccomp_data *witness);

// Kinds of answers, for counting.
enum { KINDS = 6 };
extern const char *const kinds[KINDS];
size_t kind_of(uint32_t answer);

#endif
