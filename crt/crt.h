/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start-up, in the order it happens: crt0.c -> relocate.c -> syscalls.c -> start.c -> tls.c.
 * Everything here runs before the stack guard and the unsafe stack exist, and is compiled
 * without either.
 */
#ifndef CRT_H
#define CRT_H

#include <cloudabi_types.h>
#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#define CRT_HIDDEN __attribute__((__visibility__("hidden")))

/* Tells those who unwind the stack that the function around it was called by nobody. */
#define CRT_OUTERMOST() __asm__ volatile(".cfi_undefined %rip")

struct __pthread;

/* The auxiliary vector, read once. Missing entries have the defaults of the original C library. */
struct crt_auxv {
    const Elf64_Phdr *phdr;
    size_t phnum;
    uintptr_t base;
    size_t page_size;
    const void *argdata;
    size_t argdata_len;
    const void *canary;
    size_t canary_len;
    size_t ncpus;
    cloudabi_tid_t tid;
    const Elf64_Ehdr *vdso;
    const unsigned char *pid;
};

CRT_HIDDEN void __crt_auxv_read(struct crt_auxv *info, const cloudabi_auxv_t *auxv);

/* Adds the load address to every relative relocation. No other kind can be served: the process is
 * ended. Before it has run, no pointer in initialised data may be used. */
CRT_HIDDEN void __crt_relocate(const struct crt_auxv *info);

/* Points every cloudabi_sys_*() at the vDSO's symbol of that name; those it lacks answer
 * CLOUDABI_ENOSYS. */
CRT_HIDDEN void __crt_bind(const Elf64_Ehdr *vdso);

/* The rest: read-only relocations, TLS, stacks, constructors, program_main(). */
CRT_HIDDEN _Noreturn void __crt_start(const struct crt_auxv *info);

/* Bytes of memory that one thread's TLS and control block need. */
CRT_HIDDEN size_t __tls_size(void);

/* Lays out TLS and an empty control block in `memory` (zeroed, __tls_size() bytes, page-aligned)
 * and returns the control block. */
CRT_HIDDEN struct __pthread *__tls_create(void *memory);

/* Makes `self` the calling thread's control block. */
CRT_HIDDEN void __tls_switch(struct __pthread *self);

#endif
