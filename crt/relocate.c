// SPDX-License-Identifier: BSD-2-Clause
// The auxiliary vector, and the program's own relocations: nobody else applies them.

#include "crt.h"

void __crt_auxv_read(struct crt_auxv *info, const cloudabi_auxv_t *auxv) {
    *info = (struct crt_auxv){.page_size = 1, .ncpus = 1, .tid = 1};
    for (; auxv->a_type != CLOUDABI_AT_NULL; ++auxv) {
        switch (auxv->a_type) {
        case CLOUDABI_AT_PHDR:
            info->phdr = auxv->a_ptr;
            break;
        case CLOUDABI_AT_PHNUM:
            info->phnum = auxv->a_val;
            break;
        case CLOUDABI_AT_PAGESZ:
            info->page_size = auxv->a_val;
            break;
        case CLOUDABI_AT_BASE:
            info->base = (uintptr_t)auxv->a_ptr;
            break;
        case CLOUDABI_AT_ARGDATA:
            info->argdata = auxv->a_ptr;
            break;
        case CLOUDABI_AT_ARGDATALEN:
            info->argdata_len = auxv->a_val;
            break;
        case CLOUDABI_AT_CANARY:
            info->canary = auxv->a_ptr;
            break;
        case CLOUDABI_AT_CANARYLEN:
            info->canary_len = auxv->a_val;
            break;
        case CLOUDABI_AT_NCPUS:
            info->ncpus = auxv->a_val;
            break;
        case CLOUDABI_AT_TID:
            info->tid = (cloudabi_tid_t)auxv->a_val;
            break;
        case CLOUDABI_AT_SYSINFO_EHDR:
            info->vdso = auxv->a_ptr;
            break;
        case CLOUDABI_AT_PID:
            info->pid = auxv->a_ptr;
            break;
        default:
            break;
        }
    }
}

void __crt_relocate(const struct crt_auxv *info) {
    const Elf64_Dyn *dynamic = NULL;
    for (size_t i = 0; i < info->phnum; ++i)
        if (info->phdr[i].p_type == PT_DYNAMIC)
            dynamic = (const Elf64_Dyn *)(info->base + info->phdr[i].p_vaddr);
    const Elf64_Rela *relocation = NULL;
    size_t size = 0;
    for (; dynamic && dynamic->d_tag != DT_NULL; ++dynamic) {
        if (dynamic->d_tag == DT_RELA)
            relocation = (const Elf64_Rela *)(info->base + dynamic->d_un.d_ptr);
        else if (dynamic->d_tag == DT_RELASZ)
            size = dynamic->d_un.d_val;
    }
    for (size_t i = 0; i < size / sizeof(*relocation); ++i) {
        if (ELF64_R_TYPE(relocation[i].r_info) != R_X86_64_RELATIVE)
            __builtin_trap();
        *(uintptr_t *)(info->base + relocation[i].r_offset) =
            info->base + (uintptr_t)relocation[i].r_addend;
    }
}
