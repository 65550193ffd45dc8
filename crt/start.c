// SPDX-License-Identifier: BSD-2-Clause
// From a relocated image with system calls to program_main().

#include <cloudabi_syscalls.h>
#include <program.h>
#include <stdlib.h>

#include "argdata_impl.h"
#include "crt.h"
#include "pthread_impl.h"

// Room for objects whose address escapes; the safe stack is the one the system provides.
#define UNSAFE_STACK_SIZE ((size_t)8 << 20)
#define GUARD_SIZE ((size_t)64 << 10) // whole pages on every machine

// The compilers' names: stack protector with a global guard, and SafeStack.
uintptr_t __stack_chk_guard;
_Thread_local void *__safestack_unsafe_stack_ptr __attribute__((__tls_model__("initial-exec")));

extern void (*const __preinit_array_start[])(void) CRT_HIDDEN;
extern void (*const __preinit_array_end[])(void) CRT_HIDDEN;
extern void (*const __init_array_start[])(void) CRT_HIDDEN;
extern void (*const __init_array_end[])(void) CRT_HIDDEN;

static void find_segments(const struct crt_auxv *info) {
    for (size_t i = 0; i < info->phnum; ++i) {
        const Elf64_Phdr *phdr = &info->phdr[i];
        if (phdr->p_type == PT_TLS) {
            libc.tls_image = (const void *)(info->base + phdr->p_vaddr);
            libc.tls_image_len = phdr->p_filesz;
            libc.tls_len = phdr->p_memsz;
            libc.tls_align = phdr->p_align;
        } else if (phdr->p_type == PT_GNU_RELRO) {
            uintptr_t mask = ~(uintptr_t)(info->page_size - 1);
            uintptr_t start = (info->base + phdr->p_vaddr) & mask;
            uintptr_t end = (info->base + phdr->p_vaddr + phdr->p_memsz) & mask;
            if (start < end &&
                cloudabi_sys_mem_protect((void *)start, end - start, CLOUDABI_PROT_READ) != 0)
                __builtin_trap();
        }
    }
}

static void *allocate(size_t size) {
    void *memory;
    if (cloudabi_sys_mem_map(NULL, size, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                             CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE, CLOUDABI_MAP_ANON_FD, 0,
                             &memory) != 0)
        __builtin_trap();
    return memory;
}

// TLS and the control block, the guard, the unsafe stack: one mapping.
static void create_main_thread(const struct crt_auxv *info) {
    size_t tls = (__tls_size() + info->page_size - 1) & ~(info->page_size - 1);
    char *memory = allocate(tls + GUARD_SIZE + UNSAFE_STACK_SIZE), *guard = memory + tls;
    if (cloudabi_sys_mem_protect(guard, GUARD_SIZE, 0) != 0)
        __builtin_trap();
    struct pthread *self = __tls_create(memory);
    self->tid = info->tid;
    self->locale = &libc.global_locale;
    self->join = CLOUDABI_LOCK_WRLOCKED | info->tid;
    self->created = true;
    __tls_switch(self);
    self->unsafe_stack_size = UNSAFE_STACK_SIZE;
    self->unsafe_stack_top = guard + GUARD_SIZE + UNSAFE_STACK_SIZE;
    __safestack_unsafe_stack_ptr = self->unsafe_stack_top;
}

static void set_stack_guard(const struct crt_auxv *info) {
    uintptr_t guard = 0;
    if (info->canary_len < sizeof(guard) && cloudabi_sys_random_get(&guard, sizeof(guard)) != 0)
        __builtin_trap();
    for (size_t i = 0; i < sizeof(guard) && i < info->canary_len; ++i)
        ((unsigned char *)&guard)[i] = ((const unsigned char *)info->canary)[i];
    // A zero byte stops string functions from reading or rewriting the guard.
    __stack_chk_guard = guard & ~(uintptr_t)0xff;
}

static void run(void (*const *function)(void), void (*const *end)(void)) {
    for (; function < end; ++function)
        (*function)();
}

// The numbers in the start-up data are this process's own.
static int same_descriptor(void *unused, size_t fd) {
    (void)unused;
    return fd <= INT_MAX ? (int)fd : -1;
}

void __crt_start(const struct crt_auxv *info) {
    libc.page_size = info->page_size;
    libc.ncpus = info->ncpus;
    libc.argdata = info->argdata;
    libc.argdata_len = info->argdata_len;
    libc.pid = info->pid;
    libc.phdr = info->phdr;
    libc.phnum = info->phnum;
    libc.base = info->base;
    find_segments(info);
    set_stack_guard(info);
    create_main_thread(info);

    run(__preinit_array_start, __preinit_array_end);
    run(__init_array_start, __init_array_end);
    // Not from argdata_from_buffer(): a program need not have a heap.
    static argdata_t argument;
    argument = (argdata_t){
        .kind = ARGDATA_KIND_BUFFER,
        .length = info->argdata_len,
        .buffer = {.bytes = info->argdata, .convert_fd = same_descriptor},
    };
    program_main(&argument);
    exit(0);
}
