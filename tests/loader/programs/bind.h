// SPDX-License-Identifier: BSD-2-Clause
// What every test program stands on: start-up, calls bound through the vDSO, named checks.
#ifndef TESTS_LOADER_BIND_H
#define TESTS_LOADER_BIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cloudabi_rights.h>
#include <cloudabi_syscalls.h>
#include <cloudabi_types.h>

#define OUTPUT 0 // every program's descriptor 0 takes its messages

// The program's own part. A return of 0 or the number of failed checks ends the process.
void test(const cloudabi_auxv_t *auxv);

extern uint32_t calls_found;
const cloudabi_auxv_t *auxv_find(const cloudabi_auxv_t *auxv, uint32_t type);

void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);
size_t strlen(const char *s);

void print(const char *text);
void print_number(uint64_t number);
void check(bool ok, const char *name);
void check_equal(uint64_t got, uint64_t wanted, const char *name);
_Noreturn void finish(void);

#define STRING(s) (s), sizeof(s) - 1
#define LOOKUP(fd) ((cloudabi_lookup_t){(fd), 0})
#define FOLLOW(fd) ((cloudabi_lookup_t){(fd), CLOUDABI_LOOKUP_SYMLINK_FOLLOW})

#endif
