/* SPDX-License-Identifier: BSD-2-Clause */
/* <execinfo.h>: the calls that led to a place in the program. */
#ifndef _EXECINFO_H
#define _EXECINFO_H

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the return addresses of the calling functions to `addresses`, the innermost first, and
 * returns how many there are: at most `size`, and fewer where a function without unwind tables is
 * met. Those of the C library that call back, as qsort() does, have them. Cannot fail. GNU. */
int backtrace(void **addresses, int size);

/* Describes `size` addresses: how far they lie behind the program's first byte, as its symbolizer
 * wants them, or "?" outside of the program. One array for the caller to free; NULL with ENOMEM.
 * GNU. */
char **backtrace_symbols(void *const *addresses, int size);

/* The same as lines that are written to `fd`, without allocating memory. Failures to write are
 * ignored. GNU. */
void backtrace_symbols_fd(void *const *addresses, int size, int fd);

#ifdef __cplusplus
}
#endif

#endif
