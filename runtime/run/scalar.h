// SPDX-License-Identifier: BSD-2-Clause
// The texts of YAML's core scalar tags as values. Each returns whether the text has the right form;
// `text` is followed by a NUL that `length` does not count.
#ifndef CLOUDABI_RUN_SCALAR_H
#define CLOUDABI_RUN_SCALAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

// "true" or "false".
bool scalar_bool(const char *text, size_t length, bool *value);

enum scalar_int { SCALAR_INT_BAD, SCALAR_INT_RANGE, SCALAR_INT_SIGNED, SCALAR_INT_UNSIGNED };

// Decimal digits with an optional minus sign. Negative ones go to *s, all others to *u.
enum scalar_int scalar_int(const char *text, size_t length, int64_t *s, uint64_t *u);

// A decimal number with optional point and exponent, .inf, -.inf or .nan.
bool scalar_float(const char *text, size_t length, double *value);

// YYYY-MM-DD, or with a time of day hh:mm:ss[.fraction] and a zone (Z or +hh:mm; none means UTC).
bool scalar_timestamp(const char *text, size_t length, struct timespec *value);

// Base64 with padding; white space is skipped. `bytes` has room for `length` bytes.
bool scalar_binary(const char *text, size_t length, unsigned char *bytes, size_t *size);

#endif
