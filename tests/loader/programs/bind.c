// SPDX-License-Identifier: BSD-2-Clause
// Start-up of a freestanding test program: relocates itself, binds the calls as the ABI says
// (DT_HASH for the count, DT_SYMTAB, DT_STRTAB), runs the test.
#include "bind.h"

#include <cloudabi_calls.h>
#include <elf.h>

uint32_t calls_found;
static uint32_t failures, passes;

enum call_index {
#define CALL_INDEX(name) CALL_##name,
    CALLS_ALL_BEFORE = -1,
    CLOUDABI_CALLS(CALL_INDEX)
};

static const char call_names[][32] = {
#define CALL_NAME(name) "cloudabi_sys_" #name,
    CLOUDABI_CALLS(CALL_NAME)};
static uintptr_t calls[sizeof(call_names) / sizeof(call_names[0])];

#define CALL_RETURNING(name, n, type, parameters, arguments)                                       \
    type cloudabi_sys_##name parameters {                                                          \
        return ((cloudabi_errno_t(*) parameters)calls[CALL_##name])arguments;                      \
    }
CLOUDABI_CALLS_FULL(CALL_RETURNING)
#define CALL_NORETURN(name, n, type, parameters, arguments)                                        \
    type cloudabi_sys_##name parameters {                                                          \
        ((void(*) parameters)calls[CALL_##name]) arguments;                                        \
        __builtin_trap();                                                                          \
    }
CLOUDABI_CALLS_FULL_NORETURN(CALL_NORETURN)

void *memcpy(void *restrict to, const void *restrict from, size_t len) {
    for (size_t i = 0; i < len; ++i)
        ((volatile char *)to)[i] = ((const char *)from)[i];
    return to;
}

void *memset(void *to, int byte, size_t len) {
    for (size_t i = 0; i < len; ++i)
        ((volatile char *)to)[i] = (char)byte;
    return to;
}

int memcmp(const void *a, const void *b, size_t len) {
    for (size_t i = 0; i < len; ++i) {
        int difference = ((const volatile unsigned char *)a)[i] - ((const unsigned char *)b)[i];
        if (difference != 0)
            return difference;
    }
    return 0;
}

size_t strlen(const char *s) {
    size_t len = 0;
    while (((const volatile char *)s)[len] != '\0')
        ++len;
    return len;
}

const cloudabi_auxv_t *auxv_find(const cloudabi_auxv_t *auxv, uint32_t type) {
    for (; auxv->a_type != CLOUDABI_AT_NULL; ++auxv) {
        if (auxv->a_type == type)
            return auxv;
    }
    return NULL;
}

static void relocate(const cloudabi_auxv_t *auxv) {
    char *base = auxv_find(auxv, CLOUDABI_AT_BASE)->a_ptr;
    const Elf64_Phdr *phdr = auxv_find(auxv, CLOUDABI_AT_PHDR)->a_ptr;
    while (phdr->p_type != PT_DYNAMIC)
        ++phdr;
    const Elf64_Rela *rela = NULL;
    size_t len = 0;
    for (const Elf64_Dyn *d = (const Elf64_Dyn *)(base + phdr->p_vaddr); d->d_tag != DT_NULL; ++d) {
        if (d->d_tag == DT_RELA)
            rela = (const Elf64_Rela *)(base + d->d_un.d_ptr);
        if (d->d_tag == DT_RELASZ)
            len = d->d_un.d_val / sizeof(Elf64_Rela);
    }
    for (size_t i = 0; i < len; ++i)
        *(uintptr_t *)(base + rela[i].r_offset) = (uintptr_t)(base + rela[i].r_addend);
}

static void bind(const char *vdso) {
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)vdso;
    const Elf64_Phdr *phdr = (const Elf64_Phdr *)(vdso + header->e_phoff);
    while (phdr->p_type != PT_DYNAMIC)
        ++phdr;
    const uint32_t *hash = NULL;
    const char *strings = NULL;
    const Elf64_Sym *symbols = NULL;
    for (const Elf64_Dyn *d = (const Elf64_Dyn *)(vdso + phdr->p_vaddr); d->d_tag != DT_NULL; ++d) {
        if (d->d_tag == DT_HASH)
            hash = (const uint32_t *)(vdso + d->d_un.d_ptr);
        if (d->d_tag == DT_SYMTAB)
            symbols = (const Elf64_Sym *)(vdso + d->d_un.d_ptr);
        if (d->d_tag == DT_STRTAB)
            strings = vdso + d->d_un.d_ptr;
    }
    for (uint32_t i = 0; i < hash[1]; ++i) {
        const char *name = strings + symbols[i].st_name;
        for (size_t j = 0; j < sizeof(calls) / sizeof(calls[0]); ++j) {
            if (symbols[i].st_info == ELF64_ST_INFO(STB_GLOBAL, STT_FUNC) &&
                symbols[i].st_other == STV_DEFAULT && symbols[i].st_shndx != SHN_UNDEF &&
                memcmp(name, call_names[j], strlen(call_names[j]) + 1) == 0) {
                calls[j] = (uintptr_t)vdso + symbols[i].st_value;
                ++calls_found;
            }
        }
    }
}

void print(const char *text) {
    cloudabi_ciovec_t part = {.buf = text, .buf_len = strlen(text)};
    size_t written;
    cloudabi_sys_fd_write(OUTPUT, &part, 1, &written);
}

void print_number(uint64_t number) {
    char digits[24], *at = digits + sizeof(digits) - 1;
    *at = '\0';
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    print(at);
}

void check(bool ok, const char *name) {
    const char *verdict = ok ? "ok " : "not ok ";
    cloudabi_ciovec_t parts[] = {{verdict, strlen(verdict)}, {name, strlen(name)}, {"\n", 1}};
    size_t written;
    cloudabi_sys_fd_write(OUTPUT, parts, 3, &written);
    if (ok)
        ++passes;
    else
        ++failures;
}

void check_equal(uint64_t got, uint64_t wanted, const char *name) {
    if (got != wanted) {
        print("# got ");
        print_number(got);
        print(", wanted ");
        print_number(wanted);
        print("\n");
    }
    check(got == wanted, name);
}

_Noreturn void finish(void) {
    print("# ");
    print_number(passes);
    print(" passed, ");
    print_number(failures);
    print(" failed\n");
    cloudabi_sys_proc_exit(failures == 0 && passes > 0 ? 0 : 1);
}

__attribute__((used, visibility("hidden"))) void start(const cloudabi_auxv_t *auxv) {
    relocate(auxv);
    bind(auxv_find(auxv, CLOUDABI_AT_SYSINFO_EHDR)->a_ptr);
    test(auxv);
    finish();
}
