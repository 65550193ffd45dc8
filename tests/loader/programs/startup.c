// SPDX-License-Identifier: BSD-2-Clause
// What a program finds at its first instruction: auxiliary vector, stack, TLS word, vDSO,
// descriptors.
#include "bind.h"

#include <elf.h>

extern uintptr_t entry_stack;
static char zeros[10000]; // spans the end of the file's bytes and whole pages after them

static void check_auxv(const cloudabi_auxv_t *auxv) {
    const cloudabi_auxv_t *base = auxv_find(auxv, CLOUDABI_AT_BASE);
    const cloudabi_auxv_t *phdr = auxv_find(auxv, CLOUDABI_AT_PHDR);
    const cloudabi_auxv_t *phnum = auxv_find(auxv, CLOUDABI_AT_PHNUM);
    const Elf64_Ehdr *header = base->a_ptr; // this program's first segment is at 0
    check(memcmp(header->e_ident, ELFMAG, SELFMAG) == 0, "BASE leads to the first segment");
    check(phdr->a_ptr == (char *)base->a_ptr + header->e_phoff, "PHDR");
    check_equal(phnum->a_val, header->e_phnum, "PHNUM");
    check_equal(auxv_find(auxv, CLOUDABI_AT_PAGESZ)->a_val, 4096, "PAGESZ");
    check(auxv_find(auxv, CLOUDABI_AT_NCPUS)->a_val >= 1, "NCPUS");
    check_equal(auxv_find(auxv, CLOUDABI_AT_CANARYLEN)->a_val, 64, "CANARYLEN");
    const uint64_t *canary = auxv_find(auxv, CLOUDABI_AT_CANARY)->a_ptr;
    uint64_t all = 0;
    for (int i = 0; i < 8; ++i)
        all |= canary[i];
    check(all != 0, "CANARY is not zero");
    const unsigned char *uuid = auxv_find(auxv, CLOUDABI_AT_PID)->a_ptr;
    check((uuid[6] & 0xf0) == 0x40 && (uuid[8] & 0xc0) == 0x80, "PID is a version 4 UUID");
    size_t tid = auxv_find(auxv, CLOUDABI_AT_TID)->a_val;
    check(tid > 1 && tid < UINT32_C(1) << 30, "TID is neither 0 nor 1 and below 2^30");
    check_equal(auxv_find(auxv, CLOUDABI_AT_ARGDATALEN)->a_val, 12, "ARGDATALEN");
    check(memcmp(auxv_find(auxv, CLOUDABI_AT_ARGDATA)->a_ptr, "twelve bytes", 12) == 0, "ARGDATA");
}

static void check_thread_register(void) {
    uintptr_t word, base;
    __asm__ volatile("mov %%fs:0, %0" : "=r"(word));
    __asm__ volatile("mov %%fs:8, %0" : "=r"(base));
    check(word != base, "the first word at the fs base is a pointer to the TCB, not the TCB");
    cloudabi_tcb_t *tcb = (cloudabi_tcb_t *)word;
    check(tcb->parent != NULL, "the TCB has a parent word");
    // As a C library does: a TCB of the program's own, with the old contents.
    static cloudabi_tcb_t own;
    own = *tcb;
    __asm__ volatile("mov %0, %%fs:0" : : "r"(&own) : "memory");
    cloudabi_timestamp_t now;
    check_equal(cloudabi_sys_clock_time_get(CLOUDABI_CLOCK_MONOTONIC, 0, &now), 0,
                "calls work with a TCB of the program's own");
    check(own.parent == tcb->parent, "and leave it alone");
}

void test(const cloudabi_auxv_t *auxv) {
    check_equal(calls_found, 51, "49 calls and two extensions are bound through DT_HASH");
    check((entry_stack + 8) % 16 == 0, "the stack is aligned as just after a call");
    check_auxv(auxv);
    check_thread_register();
    size_t sum = 0;
    for (size_t i = 0; i < sizeof(zeros); ++i)
        sum += (unsigned char)((volatile char *)zeros)[i];
    check_equal(sum, 0, "memory beyond the file's bytes is zero");
    cloudabi_fdstat_t fds;
    check_equal(cloudabi_sys_fd_stat_get(OUTPUT, &fds), 0, "descriptor 0 is open");
    check_equal(cloudabi_sys_fd_stat_get(1, &fds), 0, "descriptor 1 is open");
    check_equal(fds.fs_filetype, CLOUDABI_FILETYPE_DIRECTORY, "and a directory");
    size_t open = 0;
    for (cloudabi_fd_t fd = 2; fd < 1024; ++fd)
        open += cloudabi_sys_fd_stat_get(fd, &fds) == 0;
    check_equal(open, 0, "no other number is open, the loader's own included");
    check_equal(cloudabi_sys_fd_stat_get(UINT32_MAX, &fds), CLOUDABI_EBADF,
                "the largest number is not open");
}
