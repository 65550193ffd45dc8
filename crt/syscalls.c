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

// The hash of DT_HASH: that of `text` behind what has this hash.
static uint32_t hash_on(uint32_t hash, const char *text) {
    for (; *text != '\0'; ++text) {
        hash = (hash << 4) + (unsigned char)*text;
        hash = (hash ^ (hash >> 24 & 0xf0)) & 0x0fffffff;
    }
    return hash;
}

// Whether the symbol is the prefix and `name`.
static int is_call(const char *symbol, const char *name) {
    for (const char *p = prefix; *p != '\0'; ++p, ++symbol)
        if (*symbol != *p)
            return 0;
    while (*symbol == *name && *name != '\0') {
        ++symbol;
        ++name;
    }
    return *symbol == *name;
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
    // Two numbers, as many heads of chains as the first says, and the next of each symbol.
    const uint32_t nbucket = hash[0], *bucket = hash + 2, *next = bucket + nbucket;
    const uint32_t prefix_hash = hash_on(0, prefix);
    for (size_t i = 0; nbucket > 0 && i < sizeof(entries) / sizeof(entries[0]); ++i) {
        uint32_t at = bucket[hash_on(prefix_hash, entries[i].name) % nbucket];
        while (at != STN_UNDEF && (symbols[at].st_shndx == SHN_UNDEF ||
                                   !is_call(strings + symbols[at].st_name, entries[i].name)))
            at = next[at];
        if (at != STN_UNDEF)
            *entries[i].pointer = (void *)(base + symbols[at].st_value);
    }
}
