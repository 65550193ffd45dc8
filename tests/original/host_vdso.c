// SPDX-License-Identifier: BSD-2-Clause
// The smallest image that a program has to understand: one PT_DYNAMIC with DT_HASH, DT_SYMTAB and
// DT_STRTAB, and symbols that lead out of it.

#include "host.h"

#define NAMES 4096
#define DECOYS 3

struct image {
    Elf64_Ehdr header;
    Elf64_Phdr phdrs[1];
    Elf64_Dyn dynamic[6];
    uint32_t hash[2 + 1 + 1 + HOST_CALLS_MAX + DECOYS];
    Elf64_Sym symbols[1 + HOST_CALLS_MAX + DECOYS];
    char names[NAMES];
};

static struct image *image;

static size_t names_len = 1;

static uint64_t offset_of(const void *part) {
    return (uint64_t)((uintptr_t)part - (uintptr_t)image);
}

static uint32_t name_add(const char *prefix, const char *name) {
    size_t at = names_len, first = strlen(prefix), second = strlen(name);
    if (at + first + second + 1 > NAMES)
        host_fail("too many names", "");
    memcpy(image->names + at, prefix, first);
    memcpy(image->names + at + first, name, second);
    names_len += first + second + 1;
    return (uint32_t)at;
}

static void symbol_add(Elf64_Sym *symbol, uint32_t name, const void *function, uint16_t section) {
    *symbol = (Elf64_Sym){.st_name = name,
                          .st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
                          .st_other = STV_DEFAULT,
                          .st_shndx = section,
                          .st_value = function == NULL ? 0 : offset_of(function)};
}

const void *vdso_make(const struct host_call *calls, size_t count) {
    image = allocate(sizeof(*image));
    Elf64_Sym *symbol = &image->symbols[1];
    for (size_t i = count; i-- > 0;)
        symbol_add(symbol++, name_add("cloudabi_sys_", calls[i].name), calls[i].function, SHN_ABS);
    // Last, so that whoever takes them for a call keeps them: names that are nearly one, and one
    // that is only referred to.
    symbol_add(symbol++, name_add("cloudabi_", "fd_read"), (void *)host_fail, 7);
    symbol_add(symbol++, name_add("cloudabi_sys_", "fd_reading"), (void *)host_fail, 7);
    symbol_add(symbol++, name_add("cloudabi_sys_", "fd_read"), NULL, SHN_UNDEF);
    uint32_t total = (uint32_t)(symbol - image->symbols);
    image->hash[0] = 1;
    image->hash[1] = total;
    image->hash[2] = 1;
    for (uint32_t i = 1; i + 1 < total; ++i)
        image->hash[3 + i] = i + 1;

    image->dynamic[0] = (Elf64_Dyn){DT_STRTAB, {offset_of(image->names)}};
    image->dynamic[1] = (Elf64_Dyn){DT_SYMTAB, {offset_of(image->symbols)}};
    image->dynamic[2] = (Elf64_Dyn){DT_HASH, {offset_of(image->hash)}};
    image->dynamic[3] = (Elf64_Dyn){DT_STRSZ, {names_len}};
    image->dynamic[4] = (Elf64_Dyn){DT_SYMENT, {sizeof(Elf64_Sym)}};
    image->phdrs[0] = (Elf64_Phdr){.p_type = PT_DYNAMIC,
                                   .p_flags = PF_R,
                                   .p_offset = offset_of(image->dynamic),
                                   .p_vaddr = offset_of(image->dynamic),
                                   .p_filesz = sizeof(image->dynamic),
                                   .p_memsz = sizeof(image->dynamic)};
    image->header = (Elf64_Ehdr){.e_type = ET_DYN,
                                 .e_machine = EM_X86_64,
                                 .e_version = EV_CURRENT,
                                 .e_phoff = offset_of(image->phdrs),
                                 .e_ehsize = sizeof(Elf64_Ehdr),
                                 .e_phentsize = sizeof(Elf64_Phdr),
                                 .e_phnum = 1};
    memcpy(image->header.e_ident, ELFMAG "\2\1\1", 7);
    if (cloudabi_sys_mem_protect(image, sizeof(*image), PROT_READ) != 0)
        host_fail("protection of the vDSO", "");
    return image;
}
