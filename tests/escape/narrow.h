/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Attacks on a directory that was narrowed before somebody else got it: sub (depth 1) or sub/sub
 * (2) below the grant. Each holds `file`; `sub`, with another one; `binary`, which exits with 42;
 * and `up`, a link to ../marker-1 or ../marker-2, which only the directory above it holds: a `..`
 * that leads nowhere else than to itself does not find it.
 */
#ifndef NARROW_H
#define NARROW_H

#include "attack.h"

#include <cloudabi_types.h>

#include "../../runtime/sandbox/attenuate.h"

#define LOOKING                                                                                    \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_FD_READ |             \
     CLOUDABI_RIGHT_FILE_STAT_GET | CLOUDABI_RIGHT_FD_SEEK)
#define ALL (~(uint64_t)0)

/* What the names of the attempts from now on begin with: two parts of at most 31 bytes. */
void narrow_name(const char *first, const char *second);

/* One attempt, and the descriptor that it made is closed. */
void refused(const char *name, long result);
void works(const char *name, long result);

long attenuate(long fd, uint64_t base, uint64_t inheriting);

/* Takes one message, and returns how many descriptors came with it. */
enum { RECEIVED_MAX = 8 };
long receive(int socket, int fds[RECEIVED_MAX]);

/* Nothing above the directory is reached; the directory itself is. */
void attack_above(long directory, int depth);

/* What is in a directory that is for reading does not change. */
void attack_write(long directory);

/* Nothing in it is executed. */
void attack_execute(long directory);

/* In one that is for writing it does. */
void use_for_writing(long directory);

#endif
