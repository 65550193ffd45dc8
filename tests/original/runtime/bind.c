// SPDX-License-Identifier: BSD-2-Clause
// The calls. The vDSO's symbols are counted by DT_HASH, and each name is looked up in a sorted
// list. The dynamic section is found by its place in the file, as readers of a vDSO do.

#include "runtime.h"

static error_t answer_nosys(void) {
    return ENOSYS;
}

#define POINTER_RETURNING(name, parameters, arguments)                                             \
    static error_t(*name) parameters = (error_t(*) parameters)answer_nosys;                        \
    error_t cloudabi_sys_##name parameters {                                                       \
        return name arguments;                                                                     \
    }
#define POINTER_ENDING(name, parameters, arguments)                                                \
    static void(*name) parameters;                                                                 \
    _Noreturn void cloudabi_sys_##name parameters {                                                \
        name arguments;                                                                            \
        __builtin_trap();                                                                          \
    }
CALLS_RETURNING(POINTER_RETURNING)
CALLS_ENDING(POINTER_ENDING)

#define ENTRY(name, parameters, arguments) {#name, (void **)&name},
static const struct {
    const char *name;
    void **pointer;
} calls[] = {CALLS_RETURNING(ENTRY) CALLS_ENDING(ENTRY)};
_Static_assert(sizeof(calls) / sizeof(calls[0]) == 49, "all calls");

unsigned calls_bound;

struct vdso {
    const Elf64_Sym *symbols;
    const char *strings;
    size_t count;
};

WITHOUT_UNSAFE_STACK static struct vdso read_vdso(const Elf64_Ehdr *header) {
    const char *base = (const char *)header;
    const Elf64_Phdr *phdr = (const Elf64_Phdr *)(base + header->e_phoff);
    struct vdso vdso = {NULL, NULL, 0};
    size_t left = header->e_phnum;
    for (; left > 0 && phdr->p_type != PT_DYNAMIC; --left)
        ++phdr;
    if (left == 0)
        return vdso;
    for (const Elf64_Dyn *tag = (const Elf64_Dyn *)(base + phdr->p_offset); tag->d_tag != DT_NULL;
         ++tag) {
        if (tag->d_tag == DT_HASH)
            vdso.count = ((const uint32_t *)(base + tag->d_un.d_ptr))[1];
        else if (tag->d_tag == DT_SYMTAB)
            vdso.symbols = (const Elf64_Sym *)(base + tag->d_un.d_ptr);
        else if (tag->d_tag == DT_STRTAB)
            vdso.strings = base + tag->d_un.d_ptr;
    }
    return vdso;
}

WITHOUT_UNSAFE_STACK static bool is_function(const Elf64_Sym *symbol) {
    return ELF64_ST_BIND(symbol->st_info) == STB_GLOBAL &&
           ELF64_ST_TYPE(symbol->st_info) == STT_FUNC &&
           ELF64_ST_VISIBILITY(symbol->st_other) == STV_DEFAULT && symbol->st_name != 0;
}

WITHOUT_UNSAFE_STACK void bind_calls(const Elf64_Ehdr *header) {
    static const char prefix[] = "cloudabi_sys_";
    struct vdso vdso = read_vdso(header);
    for (size_t i = 0; i < vdso.count; ++i) {
        const char *name = vdso.strings + vdso.symbols[i].st_name;
        if (!is_function(&vdso.symbols[i]) || memcmp(name, prefix, sizeof(prefix) - 1) != 0)
            continue;
        for (size_t j = 0; j < 49; ++j) {
            if (strcmp(name + sizeof(prefix) - 1, calls[j].name) == 0) {
                *calls[j].pointer = (char *)header + vdso.symbols[i].st_value;
                ++calls_bound;
            }
        }
    }
}

void *find_symbol(const Elf64_Ehdr *header, const char *name) {
    struct vdso vdso = read_vdso(header);
    for (size_t i = 0; i < vdso.count; ++i)
        if (is_function(&vdso.symbols[i]) &&
            strcmp(vdso.strings + vdso.symbols[i].st_name, name) == 0)
            return (char *)header + vdso.symbols[i].st_value;
    return NULL;
}
