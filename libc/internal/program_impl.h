/* SPDX-License-Identifier: BSD-2-Clause */
/* A program's argument as the ABI's proc_exec takes it. */
#ifndef PROGRAM_IMPL_H
#define PROGRAM_IMPL_H

#include <argdata.h>
#include <cloudabi_types.h>
#include <features.h>

struct program_start {
    void *data;
    size_t data_len;
    cloudabi_fd_t *fds;
    size_t fds_len;
};

/* Encodes `argument`. 0 or ENOMEM; __program_start_free() in any case. */
hidden int __program_start_make(struct program_start *start, const argdata_t *argument);
hidden void __program_start_free(struct program_start *start);

/* Runs proc_exec. Returns its failure as an errno value, which for a descriptor of the wrong kind
 * says so. Takes no lock and no memory: a forked child calls it. */
hidden int __program_start_exec(int fd, const struct program_start *start);

#endif
