// SPDX-License-Identifier: BSD-2-Clause
// Loads a program as the original's emulator did: it insists on segments on pages of their own.

#include "host.h"

static void read_at(uint32_t fd, void *to, size_t len, uint64_t offset) {
    size_t n;
    while (len > 0) {
        struct vec part = {to, len};
        if (cloudabi_sys_fd_pread(fd, &part, 1, offset, &n) != 0 || n == 0)
            host_fail("the guest's file", "");
        to = (char *)to + n;
        len -= n;
        offset += n;
    }
}

static uint8_t protection(uint32_t flags) {
    return (uint8_t)(((flags & PF_R) != 0 ? PROT_READ : 0) |
                     ((flags & PF_W) != 0 ? PROT_WRITE : 0) |
                     ((flags & PF_X) != 0 ? PROT_EXEC : 0));
}

struct guest guest_load(uint32_t fd) {
    struct guest guest;
    Elf64_Phdr phdrs[32];
    size_t span = 0;
    read_at(fd, &guest.header, sizeof(guest.header), 0);
    size_t count = guest.header.e_phnum;
    if (memcmp(guest.header.e_ident, ELFMAG, SELFMAG) != 0 ||
        guest.header.e_ident[EI_OSABI] != 17 || guest.header.e_type != ET_DYN || count > 32)
        host_fail("the guest is no program", "");
    read_at(fd, phdrs, count * sizeof(phdrs[0]), guest.header.e_phoff);
    for (size_t i = 0; i < count; ++i) {
        if (phdrs[i].p_type == PT_INTERP ||
            (phdrs[i].p_type == PT_LOAD &&
             (phdrs[i].p_vaddr % PAGE != 0 || phdrs[i].p_offset % PAGE != 0)))
            host_fail("a segment of the guest begins inside a page", "");
        if (phdrs[i].p_type == PT_LOAD && phdrs[i].p_vaddr + phdrs[i].p_memsz > span)
            span = phdrs[i].p_vaddr + phdrs[i].p_memsz;
    }
    guest.base = allocate(span);
    for (size_t i = 0; i < count; ++i)
        if (phdrs[i].p_type == PT_LOAD)
            read_at(fd, guest.base + phdrs[i].p_vaddr, phdrs[i].p_filesz, phdrs[i].p_offset);
    for (size_t i = 0; i < count; ++i)
        if (phdrs[i].p_type == PT_LOAD && phdrs[i].p_memsz > 0 &&
            cloudabi_sys_mem_protect(guest.base + phdrs[i].p_vaddr, phdrs[i].p_memsz,
                                     protection(phdrs[i].p_flags)) != 0)
            host_fail("protection of the guest's segments", "");
    return guest;
}
