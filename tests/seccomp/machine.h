// SPDX-License-Identifier: BSD-2-Clause
// Classic BPF as seccomp has it, written from the instruction set.
#ifndef MACHINE_H
#define MACHINE_H

#include "reference.h"

// The kernel would take it: known instructions, jumps forward and inside, loads of whole words of
// the data, a return at the end of each way.
bool machine_valid(const struct sock_filter *code, size_t length);

// `visited`, if not null, has a flag for each instruction, set where the run came by.
uint32_t machine_run(const struct sock_filter *code, const struct seccomp_data *data,
                     bool *visited);

// What the kernel's seccomp_is_const_allow() does when it makes the bitmap: whether the call is
// allowed by a run that meets nothing but its number and architecture.
bool machine_allows_by_number(const struct sock_filter *code, uint32_t number, uint32_t arch);

#endif
