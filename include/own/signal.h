/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <signal.h>: signals have their default action and nothing else. A program can raise one against
 * itself; it can neither catch, block nor send any.
 */
#ifndef _SIGNAL_H
#define _SIGNAL_H

#include <features.h>

#ifdef __cplusplus
extern "C" {
#endif

#define __NEED_locale_t
#define __NEED_pid_t
#define __NEED_pthread_t
#define __NEED_sigset_t
#define __NEED_size_t
#define __NEED_struct_timespec
#define __NEED_time_t
#define __NEED_uid_t
#include <bits/alltypes.h>
#include <bits/signal.h>

typedef int sig_atomic_t;

/* Raises `sig` against the calling process: its default action is taken. 0, or -1 with EINVAL for
 * an unknown number; raise(0) does nothing. C11 7.14.2, POSIX raise(), the ABI's proc_raise. */
int raise(int sig);

/* Writes the signal's name to stderr, after `message` and a colon where it is not NULL. Lost where
 * nothing has been attached to stderr. POSIX psignal(). */
void psignal(int sig, const char *message);
#if defined(_GNU_SOURCE) || defined(_BSD_SOURCE)
void psignal_l(int sig, const char *message, locale_t locale);
#endif

/* Sets of signals are mere data: there is nothing to block with them. 0 or 1 for an answer, or -1
 * with EINVAL for a number that is no signal. POSIX sigemptyset() and its relatives; the last three
 * GNU. */
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int sig);
int sigdelset(sigset_t *set, int sig);
int sigismember(const sigset_t *set, int sig);
#ifdef _GNU_SOURCE
int sigisemptyset(const sigset_t *set);
int sigorset(sigset_t *to, const sigset_t *left, const sigset_t *right);
int sigandset(sigset_t *to, const sigset_t *left, const sigset_t *right);
#endif

#ifdef __cplusplus
}
#endif

#endif
