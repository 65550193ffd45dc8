/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <program.h>: how a program starts, and how it starts others.
 *
 * In place of argc, argv and the environment a program is given one value, a tree whose leaves may
 * be descriptors. What it can reach through them is all it can reach.
 */
#ifndef _PROGRAM_H
#define _PROGRAM_H

#include <argdata.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The application's entry point, which it defines in place of main(). `argument` lives as long as
 * the process; the descriptors in it are open and valid. Ends the process by exit(), or by
 * returning, which is exit(0). */
void program_main(const argdata_t *argument);

/* Replaces the process by the executable `fd`, started with `argument`. Descriptors that the
 * argument names are kept, numbered anew from 0; all others are closed. Returns only on failure,
 * an errno value with nothing changed: EBADF (no right to execute), EACCES (no regular file),
 * E2BIG, ENOEXEC, ENOMEM. The ABI's proc_exec. */
int program_exec(int fd, const argdata_t *argument);

/* Starts the executable `fd` as a child and stores a process descriptor in `*process`, for the
 * caller to close; closing it ends the child. 0, or an errno value, that of a failed exec
 * included. The ABI's proc_fork and proc_exec. */
int program_spawn(int fd, const argdata_t *argument, int *process);

/* Waits until the child behind the process descriptor ends. `*signal` becomes 0 and `*status` its
 * exit code, or `*signal` the number of the signal that ended it. 0 or an errno value; may be
 * called again. The ABI's poll with PROC_TERMINATE. */
int program_wait(int process, unsigned *status, int *signal);

/* The process's UUID, 36 characters in lower case; "" where the system gave none. Not to be
 * freed. The ABI's AT_PID. */
const char *program_getpid(void);

/* The bytes that `argument` of program_main() was decoded from; they live as long as the process.
 * The ABI's AT_ARGDATA. */
void program_get_raw_argdata(const void **data, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
