/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the attacks share: Linux system calls made by instruction, not through any library, and a
 * line of output for each attempt.
 *
 * The program is granted, in this order: a stream for its lines, a read-only directory, a
 * read-write directory, a listening socket, a file to read. Beside the directories lies a file
 * `secret`, which nothing granted leads to.
 *
 * The same program runs as its own control, without any sandbox (control.py), where a part of the
 * attempts must get through. The file `control` in the read-only directory says so.
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

enum { OUT_FD, READ_ONLY_FD, READ_WRITE_FD, LISTENER_FD, FILE_FD, GRANTED };

/* The empty text, which the loader keeps where alone the filter lets execveat look. */
#define EMPTY_PATH 0x100000L

#define PATH_SECRET "secret"

/* The system call's result: a value, or the negative of an error number. */
long raw(long number, long a, long b, long c, long d, long e, long f);

#define RAW6(n, a, b, c, d, e, f, ...)                                                             \
    raw(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define RAW(...) RAW6(__VA_ARGS__, 0, 0, 0, 0, 0, 0)

/* One line: `ok NAME`, or `not ok NAME RESULT` where the attack got through. */
void report(const char *name, bool refused, long result);

/* One line for many attempts: `tally NAME MADE REFUSED HARMLESS`. The rest got through, and each of
 * it has a line `through NAME RESULT` before. */
void report_tally(const char *name, long made, long refused, long harmless);
void report_through(const char *name, long result);

/* One system call in a forked child, so that its success does not disturb the next ones. It is
 * refused if the call fails, whatever the error. */
void attempt(const char *name, const long call[7]);
#define REFUSED7(name, n, a, b, c, d, e, f, ...)                                                   \
    attempt(name, (const long[]){(long)(n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), \
                                 (long)(f)})
#define REFUSED(name, ...) REFUSED7(name, __VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

/* For what could harm the machine if it got through: as REFUSED, and counted as skipped in the
 * control. */
#define REFUSED_UNSAFE(name, ...)                                                                  \
    do {                                                                                           \
        if (is_control)                                                                            \
            report_skip(name);                                                                     \
        else                                                                                       \
            REFUSED(name, __VA_ARGS__);                                                            \
    } while (0)

extern bool is_control;
void attack_begin(void);
void report_skip(const char *name);

/* openat2 with no restriction of its own, which a seccomp filter cannot look into. */
long open_raw(int directory, const char *path, uint64_t flags);

/* Whether the path leads to the secret: opens, reads and compares. */
bool reaches_secret(int directory, const char *path);

/* Runs `attack` in a forked child and returns how it ended: 128 + signal, or its exit status.
 * Negative: it could not be started. */
long in_child(void (*attack)(void));

/* The same, but for no longer than this: then the child is killed. */
long in_child_for(void (*attack)(void), long milliseconds);

/* A forked child, or a negative error number. */
long fork_raw(int *pidfd);
/* Waits for a child and closes its descriptor; the result is as of in_child(). */
long wait_raw(int pidfd);
void kill_raw(int pidfd);

/* Starts `attack` in another thread with the same descriptors and memory; it never returns. */
long thread_raw(void (*attack)(void));

void sleep_ms(long milliseconds);

/* Whether `text` is among the argument data. */
struct crt_auxv;
bool is_argument(const struct crt_auxv *info, const char *text);

/* Milliseconds of a monotonic clock. */
long now_ms(void);

/* The attacks, a family each. */
void attack_descriptors(void);
void attack_paths(void);
void attack_races(void);
void attack_writes(void);
void attack_network(void);
void attack_processes(void);
void attack_kernel(void);
void attack_memory(void);
void attack_all_numbers(void);
void attack_handles(void);
void attack_empty_path(void);

#endif
