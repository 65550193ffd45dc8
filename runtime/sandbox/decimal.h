// SPDX-License-Identifier: BSD-2-Clause
// Numbers as text, without printf: that takes two pages of stack, which the worker has not touched
// yet and would not need otherwise.
#ifndef CLOUDABI_SANDBOX_DECIMAL_H
#define CLOUDABI_SANDBOX_DECIMAL_H

// With its NUL.
#define DECIMAL_SIZE 21

// Writes the number and a NUL. Returns where the NUL is.
static inline char *decimal(char *to, unsigned long value) {
    char digits[DECIMAL_SIZE], *next = digits;
    do
        *next++ = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    while (next != digits)
        *to++ = *--next;
    *to = '\0';
    return to;
}

#endif
