// SPDX-License-Identifier: BSD-2-Clause
// Messages to the user.
#ifndef CLOUDABI_RUN_DIAG_H
#define CLOUDABI_RUN_DIAG_H

// The launcher's own failures; the program's statuses lie below, and 128+n is signal n.
#define EXIT_LAUNCHER 127

// Prints "cloudabi-run: " and the sentence to standard error, in one write. Control characters,
// which a path or a configuration may hold, are shown as '?'. Coloured on a terminal.
// Before a program starts with --weak: why, and what is lost.
void diag_weak(const char *reason);

void diag_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
