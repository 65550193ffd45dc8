// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target of elf_check: no crash, and what it accepts keeps every promise that mapping relies
// on.
#include <stddef.h>
#include <stdlib.h>

#include "../loader/elf_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition) {
    if (!condition)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct elf_source source = elf_source_memory(data, size);
    struct elf_image image;
    enum elf_reason reason;
    uint16_t error = elf_check(&source, &image, &reason);
    require((error == 0) == (reason == ELF_OK));
    require(strlen(elf_reason_text(reason)) > 0);
    if (error != 0)
        return 0;
    require(image.span > 0 && image.span <= ELF_MAX_SPAN && image.span % ELF_PAGE == 0);
    require(image.lowest % ELF_PAGE == 0 && image.nphdrs <= ELF_MAX_PHDRS);
    require(!image.fixed || (image.lowest >= ELF_FIXED_MIN && image.lowest < ELF_FIXED_MAX));
    uint64_t end = image.lowest;
    int entry_found = 0;
    for (uint32_t i = 0; i < image.nphdrs; ++i) {
        const Elf64_Phdr *p = &image.phdrs[i];
        if (p->p_type != PT_LOAD)
            continue;
        require(p->p_filesz == 0 || p->p_vaddr % ELF_PAGE == p->p_offset % ELF_PAGE);
        require(p->p_vaddr - p->p_vaddr % ELF_PAGE >= end && p->p_filesz <= p->p_memsz);
        require(p->p_memsz <= image.span && p->p_vaddr - image.lowest <= image.span - p->p_memsz);
        require(p->p_filesz == 0 || (p->p_offset <= size && p->p_filesz <= size - p->p_offset));
        require((p->p_flags & (PF_W | PF_X)) != (PF_W | PF_X));
        end = (p->p_vaddr + p->p_memsz + ELF_PAGE - 1) & ~(ELF_PAGE - 1);
        if ((p->p_flags & PF_X) != 0 && image.entry >= p->p_vaddr &&
            image.entry - p->p_vaddr < p->p_memsz)
            entry_found = 1;
    }
    require(entry_found);
    return 0;
}
