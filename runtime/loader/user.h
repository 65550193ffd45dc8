// SPDX-License-Identifier: BSD-2-Clause
// The program's memory. Whatever the vDSO reads or writes behind a pointer of the program goes
// through here: where the pointer is bad, the answer is false, and the call's is FAULT. fault.c
// catches the processor's fault; nothing is checked beforehand.
#ifndef LOADER_USER_H
#define LOADER_USER_H

#include "loader.h"

// Code from label `from` up to label `to` that may fault, and where it goes on then.
#define USER_ENTRY(from, to, other)                                                                \
    ".pushsection user_faults,\"a\",@progbits\n\t"                                                 \
    ".long " from " - ., " to " - ., " other " - .\n\t"                                            \
    ".popsection\n\t"

// fault.S: copies, one of the two sides being the program's. Part of it may be done if it fails.
bool user_copy(void *to, const void *from, size_t len);

static inline bool user_put64(uint64_t *to, uint64_t value) {
    __asm__ goto("1: movq %1, %0\n2:\n\t" USER_ENTRY("1b", "2b", "%l[bad]")
                 :
                 : "m"(*to), "r"(value)
                 : "memory"
                 : bad);
    return true;
bad:
    return false;
}

static inline bool user_put32(uint32_t *to, uint32_t value) {
    __asm__ goto("1: movl %1, %0\n2:\n\t" USER_ENTRY("1b", "2b", "%l[bad]")
                 :
                 : "m"(*to), "r"(value)
                 : "memory"
                 : bad);
    return true;
bad:
    return false;
}

static inline bool user_get64(uint64_t *to, const uint64_t *from) {
    uint64_t value;
    uint32_t failed = 0;
    __asm__ volatile("1: movq %2, %1\n2:\n\t"
                     ".pushsection .text.user_get64,\"ax\",@progbits\n"
                     "3: movl $1, %0\n\tjmp 2b\n\t.popsection\n\t" USER_ENTRY("1b", "2b", "3b")
                     : "+r"(failed), "=r"(value)
                     : "m"(*from));
    if (__builtin_expect(failed != 0, 0))
        return false;
    *to = value;
    return true;
}

// Whether something could be stored there, all of it, without changing it. For calls that cannot be
// taken back when only their result has no place to go. The bytes at the ends stand for all
// between: len is at most a page.
bool user_can_put(void *at, size_t len);
// The same of a lock or condition variable, as its value is changed all the time.
bool user_is_word(const _Atomic(uint32_t) *word);

// fault.c: from here on a bad pointer is an error. Called once, before the program's first
// instruction.
linux_result fault_init(void);
// Makes SEGV or BUS end the process, if it is one of these, as they do any other one.
void fault_default(int signal);

#endif
