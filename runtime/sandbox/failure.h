// SPDX-License-Identifier: BSD-2-Clause
// A failure as one sentence: what went wrong, where, and how to mend it.
#ifndef CLOUDABI_SANDBOX_FAILURE_H
#define CLOUDABI_SANDBOX_FAILURE_H

// Fixed size, no pointers: it also lives in memory shared with the worker, which cannot print by
// itself once its descriptors are gone.
struct failure {
    char text[2048];
};

// Writes the sentence and returns -1, so that a caller can `return failure_set(...)`.
int failure_set(struct failure *failure, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
