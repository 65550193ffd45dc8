// SPDX-License-Identifier: BSD-2-Clause
// A C run time in the original's shape, for the programs of this folder.
//
// crt0.c -> image.c -> bind.c -> thread.c -> program_main(), all from the text of the ABI.
#ifndef ORIGINAL_RUNTIME_H
#define ORIGINAL_RUNTIME_H

#include "abi.h"

#include <elf.h>

#define PAGE 4096
#define WITHOUT_UNSAFE_STACK __attribute__((no_sanitize("safe-stack")))

// What the registers held at the first instruction.
struct entry {
    const struct auxv *auxv; // rdi
    uintptr_t stack;         // rsp
    struct tcb *tcb;         // %fs:0
    uint64_t flags;
    uint32_t mxcsr;
    uint16_t x87;
};
extern struct entry entry;

// The auxiliary vector, each entry where it was found; seen counts those of each kind.
struct start {
    const Elf64_Phdr *phdr;
    size_t phnum, page_size, argdata_len, canary_len, ncpus;
    char *base;
    const unsigned char *argdata, *canary, *pid;
    uint32_t tid;
    const Elf64_Ehdr *vdso;
    unsigned seen[16], unknown;
};
extern struct start start;

// The program. Returning ends it, with status 0.
void program_main(const unsigned char *argdata, size_t len);

// image.c: what nobody else does for a static PIE.
void image_relocate(void);
void image_protect(void);
const Elf64_Phdr *image_segment(uint32_t type);
void image_construct(void);

// bind.c: the calls, as the original found them; those that are missing answer ENOSYS.
void bind_calls(const Elf64_Ehdr *vdso);
extern unsigned calls_bound;
// The address of a name that is not among the 49, or null.
void *find_symbol(const Elf64_Ehdr *vdso, const char *name);

// thread.c: TLS and both stacks of a thread.
void threads_init(void);
struct thread {
    _Atomic(uint32_t) join;
    uint32_t tid;
    struct tcb *tcb;
    void (*run)(void *);
    void *argument;
    char *memory;
};
bool thread_start(struct thread *thread, void (*run)(void *), void *argument);
void thread_join(struct thread *thread);
uint32_t thread_self(void);
struct tcb *tcb_get(void);

// lock.c: the user's half of the ABI's locks and condition variables.
void lock_write(_Atomic(uint32_t) *lock);
void lock_read(_Atomic(uint32_t) *lock);
void unlock_write(_Atomic(uint32_t) *lock);
void unlock_read(_Atomic(uint32_t) *lock);
void condvar_wait(_Atomic(uint32_t) *condvar, _Atomic(uint32_t) *lock);
void condvar_wake(_Atomic(uint32_t) *condvar, uint32_t count);

// string.c: what compilers call by themselves, and a little more.
void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);

// check.c: lines to descriptor 0. finish() ends the program with 0 if there were checks and all
// held.
void check(bool ok, const char *name);
void check_equal(uint64_t got, uint64_t wanted, const char *name);
_Noreturn void finish(void);

// check.c: how a function ends when it is run in a child: what poll says of it.
struct ending {
    error_t error;
    uint8_t signal;
    uint32_t exitcode;
};
struct ending in_child(void (*run)(void *), void *argument);

#endif
