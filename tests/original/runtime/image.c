// SPDX-License-Identifier: BSD-2-Clause
// What a static PIE does to itself: relocations, read-only data, constructors.

#include "runtime.h"

extern void (*const ctors_begin[])(void) __attribute__((visibility("hidden")));
extern void (*const ctors_end[])(void) __attribute__((visibility("hidden")));

WITHOUT_UNSAFE_STACK const Elf64_Phdr *image_segment(uint32_t type) {
    for (size_t i = 0; i < start.phnum; ++i)
        if (start.phdr[i].p_type == type)
            return &start.phdr[i];
    return NULL;
}

WITHOUT_UNSAFE_STACK void image_relocate(void) {
    const Elf64_Phdr *dynamic = image_segment(PT_DYNAMIC);
    const Elf64_Rela *rela = NULL;
    size_t len = 0;
    if (dynamic == NULL)
        return;
    const Elf64_Dyn *tag = (const Elf64_Dyn *)(start.base + dynamic->p_vaddr);
    for (; tag->d_tag != DT_NULL; ++tag) {
        if (tag->d_tag == DT_RELA)
            rela = (const Elf64_Rela *)(start.base + tag->d_un.d_ptr);
        else if (tag->d_tag == DT_RELASZ)
            len = tag->d_un.d_val / sizeof(*rela);
    }
    for (size_t i = 0; i < len; ++i) {
        if (ELF64_R_TYPE(rela[i].r_info) != R_X86_64_RELATIVE)
            __builtin_trap();
        *(char **)(start.base + rela[i].r_offset) = start.base + rela[i].r_addend;
    }
}

WITHOUT_UNSAFE_STACK void image_protect(void) {
    const Elf64_Phdr *relro = image_segment(PT_GNU_RELRO);
    if (relro == NULL)
        return;
    uintptr_t from = (uintptr_t)start.base + relro->p_vaddr;
    uintptr_t to = (from + relro->p_memsz) & ~(start.page_size - 1);
    from &= ~(start.page_size - 1);
    if (from < to && cloudabi_sys_mem_protect((void *)from, to - from, PROT_READ) != 0)
        __builtin_trap();
}

// The last one first, as compilers expected of .ctors.
void image_construct(void) {
    for (void (*const *constructor)(void) = ctors_end - 1; constructor > ctors_begin; --constructor)
        (*constructor)();
}
