/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the attacks share: Linux system calls made by instruction, not through any library, and a
 * line of output for each attempt.
 *
 * The program is granted, in this order: a stream for its lines, a read-only directory, a
 * read-write directory, a listening socket. Beside the directories lies a file `secret`, which
 * nothing granted leads to.
 */
#ifndef ATTACK_H
#define ATTACK_H

#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OUT_FD, READ_ONLY_FD, READ_WRITE_FD, LISTENER_FD };

#define PATH_SECRET "secret"

/* The system call's result: a value, or the negative of an error number. */
long raw(long number, long a, long b, long c, long d, long e, long f);

#define RAW6(n, a, b, c, d, e, f, ...)                                                             \
    raw(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define RAW(...) RAW6(__VA_ARGS__, 0, 0, 0, 0, 0, 0)

/* One line: `ok NAME`, or `not ok NAME RESULT` where the attack got through. */
void report(const char *name, bool refused, long result);

/* An attempt that is refused if the call fails, whatever the error. */
#define REFUSED(name, ...)                                                                         \
    do {                                                                                           \
        long result_ = RAW(__VA_ARGS__);                                                           \
        report(name, result_ < 0, result_);                                                        \
    } while (0)

/* openat2 with no restriction of its own, which a seccomp filter cannot look into. */
long open_raw(int directory, const char *path, uint64_t flags);

/* Whether the path leads to the secret: opens, reads and compares. */
bool reaches_secret(int directory, const char *path);

/* Runs `attack` in a forked child and returns how it ended: 128 + signal, or its exit status.
 * Negative: it could not be started. */
long in_child(void (*attack)(void));

/* Milliseconds of a monotonic clock. */
long now_ms(void);

/* The attacks, a family each. */
void attack_paths(void);
void attack_races(void);
void attack_writes(void);
void attack_network(void);
void attack_processes(void);
void attack_kernel(void);
void attack_memory(void);

#endif
