// SPDX-License-Identifier: BSD-2-Clause
// cloudabi_sys_*(): one jump through a pointer each, bound by name to the vDSO. The pointers lie
// in the part of the data that becomes read-only once they are set.

#include <cloudabi_calls.h>

#include "crt.h"

static cloudabi_errno_t not_offered(void) {
    return CLOUDABI_ENOSYS;
}

#define POINTER(name)                                                                              \
    CRT_HIDDEN void *__cloudabi_entry_##name __attribute__((__section__(".data.rel.ro"))) =        \
        (void *)not_offered;                                                                       \
    __asm__(".pushsection .text.cloudabi_sys_" #name ",\"ax\",@progbits\n"                         \
            ".globl cloudabi_sys_" #name "\n"                                                      \
            ".type cloudabi_sys_" #name ",@function\n"                                             \
            "cloudabi_sys_" #name ":\n"                                                            \
            "jmpq *__cloudabi_entry_" #name "(%rip)\n"                                             \
            ".size cloudabi_sys_" #name ",.-cloudabi_sys_" #name "\n"                              \
            ".popsection\n");
CLOUDABI_CALLS(POINTER)

#define ENTRY(name) {#name, &__cloudabi_entry_##name},
static const struct {
    const char *name;
    void **pointer;
} entries[] = {CLOUDABI_CALLS(ENTRY)};

static const char prefix[] = "cloudabi_sys_";

// The part of `symbol` behind the prefix, or NULL.
static const char *call_name(const char *symbol) {
    for (const char *p = prefix; *p != '\0'; ++p, ++symbol)
        if (*symbol != *p)
            return NULL;
    return symbol;
}

static int equal(const char *a, const char *b) {
    while (*a == *b && *a != '\0') {
        ++a;
        ++b;
    }
    return *a == *b;
}

static void bind_symbol(const char *symbol, void *address) {
    const char *name = call_name(symbol);
    for (size_t i = 0; name != NULL && i < sizeof(entries) / sizeof(entries[0]); ++i)
        if (equal(name, entries[i].name))
            *entries[i].pointer = address;
}

static const Elf64_Dyn *find_dynamic(const Elf64_Ehdr *vdso) {
    const Elf64_Phdr *phdr = (const Elf64_Phdr *)((uintptr_t)vdso + vdso->e_phoff);
    for (size_t i = 0; i < vdso->e_phnum; ++i)
        if (phdr[i].p_type == PT_DYNAMIC)
            return (const Elf64_Dyn *)((uintptr_t)vdso + phdr[i].p_vaddr);
    return NULL;
}

void __crt_bind(const Elf64_Ehdr *vdso) {
    if (vdso == NULL)
        return;
    uintptr_t base = (uintptr_t)vdso;
    const Elf64_Sym *symbols = NULL;
    const char *strings = NULL;
    const uint32_t *hash = NULL;
    for (const Elf64_Dyn *d = find_dynamic(vdso); d != NULL && d->d_tag != DT_NULL; ++d) {
        if (d->d_tag == DT_HASH)
            hash = (const uint32_t *)(base + d->d_un.d_ptr);
        else if (d->d_tag == DT_SYMTAB)
            symbols = (const Elf64_Sym *)(base + d->d_un.d_ptr);
        else if (d->d_tag == DT_STRTAB)
            strings = (const char *)(base + d->d_un.d_ptr);
    }
    if (hash == NULL || symbols == NULL || strings == NULL)
        return;
    // The second word, nchain, is the number of symbols.
    for (size_t i = 0; i < hash[1]; ++i)
        if (symbols[i].st_shndx != SHN_UNDEF)
            bind_symbol(strings + symbols[i].st_name, (void *)(base + symbols[i].st_value));
}
