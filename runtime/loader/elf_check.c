// SPDX-License-Identifier: BSD-2-Clause
// Parses and validates the ELF file of a program. Every field is hostile.

#include "elf_check.h"

#include <cloudabi_types.h>

#define OSABI_CLOUDABI 17

static const char reason_text[][96] = {
#define ELF_REASON_TEXT(name, text) text,
    ELF_REASONS(ELF_REASON_TEXT)
#undef ELF_REASON_TEXT
};

const char *elf_reason_text(enum elf_reason reason) {
    return (unsigned)reason < ELF_REASONS_COUNT ? reason_text[reason] : "Unknown reason.";
}

static bool add_overflows(uint64_t a, uint64_t b, uint64_t *sum) {
    return __builtin_add_overflow(a, b, sum);
}

static uint64_t page_down(uint64_t value) {
    return value & ~(ELF_PAGE - 1);
}

static uint64_t page_up(uint64_t value) {
    return (value + ELF_PAGE - 1) & ~(ELF_PAGE - 1);
}

static enum elf_reason read_exactly(const struct elf_source *source, void *buf, uint64_t len,
                                    uint64_t offset, enum elf_reason if_short) {
    int64_t got = source->read(source, buf, len, offset);
    if (got < 0)
        return ELF_READ;
    return (uint64_t)got == len ? ELF_OK : if_short;
}

static enum elf_reason check_header(const Elf64_Ehdr *header) {
    const unsigned char *ident = header->e_ident;
    if (ident[EI_MAG0] != ELFMAG0 || ident[EI_MAG1] != ELFMAG1 || ident[EI_MAG2] != ELFMAG2 ||
        ident[EI_MAG3] != ELFMAG3)
        return ELF_MAGIC;
    if (ident[EI_CLASS] != ELFCLASS64)
        return ELF_CLASS;
    if (ident[EI_DATA] != ELFDATA2LSB)
        return ELF_ENCODING;
    if (ident[EI_VERSION] != EV_CURRENT || header->e_version != EV_CURRENT)
        return ELF_VERSION;
    if (ident[EI_OSABI] != OSABI_CLOUDABI)
        return ELF_OSABI;
    if (header->e_type != ET_DYN && header->e_type != ET_EXEC)
        return ELF_TYPE;
    if (header->e_machine != EM_X86_64)
        return ELF_MACHINE;
    if (header->e_phnum == 0)
        return ELF_PHDR_NONE;
    if (header->e_phentsize != sizeof(Elf64_Phdr))
        return ELF_PHDR_SIZE;
    if (header->e_phnum > ELF_MAX_PHDRS)
        return ELF_PHDR_COUNT;
    return ELF_OK;
}

static enum elf_reason check_segment(const Elf64_Phdr *segment, uint64_t file_size) {
    uint64_t end;
    if (segment->p_filesz != 0 && (segment->p_vaddr - segment->p_offset) % ELF_PAGE != 0)
        return ELF_SEGMENT_ALIGN;
    if (segment->p_filesz > segment->p_memsz)
        return ELF_SEGMENT_FILESZ;
    if (add_overflows(segment->p_vaddr, segment->p_memsz, &end) ||
        add_overflows(end, ELF_PAGE - 1, &end))
        return ELF_SEGMENT_WRAP;
    if (segment->p_filesz != 0 &&
        (add_overflows(segment->p_offset, segment->p_filesz, &end) || end > file_size))
        return ELF_SEGMENT_TRUNCATED;
    if ((segment->p_flags & PF_W) != 0 && (segment->p_flags & PF_X) != 0)
        return ELF_SEGMENT_WX;
    return ELF_OK;
}

// Checks every PT_LOAD on its own and against the one before it; finds lowest and span.
static enum elf_reason check_segments(struct elf_image *image, uint64_t file_size) {
    const Elf64_Phdr *previous = 0;
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        const Elf64_Phdr *segment = &image->phdrs[i];
        if (segment->p_type != PT_LOAD)
            continue;
        enum elf_reason reason = check_segment(segment, file_size);
        if (reason != ELF_OK)
            return reason;
        if (previous == 0) {
            image->lowest = page_down(segment->p_vaddr);
        } else {
            if (segment->p_vaddr < previous->p_vaddr)
                return ELF_SEGMENT_ORDER;
            if (page_down(segment->p_vaddr) < page_up(previous->p_vaddr + previous->p_memsz))
                return ELF_SEGMENT_OVERLAP;
        }
        previous = segment;
    }
    if (previous == 0)
        return ELF_NO_LOAD;
    image->span = page_up(previous->p_vaddr + previous->p_memsz) - image->lowest;
    if (image->span == 0)
        return ELF_NO_LOAD;
    if (image->span > ELF_MAX_SPAN)
        return ELF_SEGMENT_HUGE;
    if (image->fixed &&
        (image->lowest < ELF_FIXED_MIN || image->lowest > ELF_FIXED_MAX - ELF_MAX_SPAN))
        return ELF_SEGMENT_PLACE;
    return ELF_OK;
}

// The segment whose bytes from the file include [offset, offset + len), or null.
static const Elf64_Phdr *segment_of_file_range(const struct elf_image *image, uint64_t offset,
                                               uint64_t len) {
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        const Elf64_Phdr *segment = &image->phdrs[i];
        if (segment->p_type == PT_LOAD && offset >= segment->p_offset &&
            offset - segment->p_offset <= segment->p_filesz &&
            len <= segment->p_filesz - (offset - segment->p_offset))
            return segment;
    }
    return 0;
}

static enum elf_reason check_dynamic(const struct elf_source *source,
                                     const struct elf_image *image) {
    const Elf64_Phdr *dynamic = 0;
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        if (image->phdrs[i].p_type == PT_DYNAMIC)
            dynamic = &image->phdrs[i];
    }
    if (dynamic == 0)
        return image->fixed ? ELF_OK : ELF_NO_DYNAMIC;
    const Elf64_Phdr *segment = segment_of_file_range(image, dynamic->p_offset, dynamic->p_filesz);
    if (segment == 0 || dynamic->p_filesz != dynamic->p_memsz ||
        dynamic->p_vaddr - segment->p_vaddr != dynamic->p_offset - segment->p_offset)
        return ELF_DYNAMIC_OUTSIDE;

    Elf64_Dyn entries[16];
    uint64_t left = dynamic->p_filesz / sizeof(entries[0]);
    uint64_t offset = dynamic->p_offset;
    while (left > 0) {
        uint64_t count = left < 16 ? left : 16;
        enum elf_reason reason = read_exactly(source, entries, count * sizeof(entries[0]), offset,
                                              ELF_SEGMENT_TRUNCATED);
        if (reason != ELF_OK)
            return reason;
        for (uint64_t i = 0; i < count; ++i) {
            if (entries[i].d_tag == DT_NEEDED)
                return ELF_NEEDED;
            if (entries[i].d_tag == DT_NULL)
                return ELF_OK;
        }
        left -= count;
        offset += count * sizeof(entries[0]);
    }
    return ELF_OK;
}

static enum elf_reason check_entry(const struct elf_image *image) {
    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        const Elf64_Phdr *segment = &image->phdrs[i];
        if (segment->p_type == PT_LOAD && (segment->p_flags & PF_X) != 0 &&
            image->entry >= segment->p_vaddr && image->entry - segment->p_vaddr < segment->p_filesz)
            return ELF_OK;
    }
    return ELF_ENTRY_OUTSIDE;
}

static enum elf_reason check(const struct elf_source *source, struct elf_image *image) {
    Elf64_Ehdr header;
    enum elf_reason reason = read_exactly(source, &header, sizeof(header), 0, ELF_SHORT_HEADER);
    if (reason == ELF_OK)
        reason = check_header(&header);
    if (reason != ELF_OK)
        return reason;

    uint64_t headers_len = (uint64_t)header.e_phnum * sizeof(Elf64_Phdr);
    uint64_t headers_end;
    if (add_overflows(header.e_phoff, headers_len, &headers_end) || headers_end > source->size)
        return ELF_PHDR_TRUNCATED;
    reason = read_exactly(source, image->phdrs, headers_len, header.e_phoff, ELF_PHDR_TRUNCATED);
    if (reason != ELF_OK)
        return reason;
    image->nphdrs = header.e_phnum;
    image->entry = header.e_entry;
    image->fixed = header.e_type == ET_EXEC;

    for (uint32_t i = 0; i < image->nphdrs; ++i) {
        if (image->phdrs[i].p_type == PT_INTERP)
            return ELF_INTERP;
    }
    reason = check_segments(image, source->size);
    if (reason == ELF_OK)
        reason = check_dynamic(source, image);
    if (reason != ELF_OK)
        return reason;

    const Elf64_Phdr *segment = segment_of_file_range(image, header.e_phoff, headers_len);
    if (segment == 0 || (segment->p_flags & PF_R) == 0)
        return ELF_PHDR_OUTSIDE;
    image->phdr = segment->p_vaddr + (header.e_phoff - segment->p_offset);
    return check_entry(image);
}

uint16_t elf_check(const struct elf_source *source, struct elf_image *image,
                   enum elf_reason *reason) {
    *reason = check(source, image);
    if (*reason == ELF_OK)
        return 0;
    return *reason == ELF_READ ? CLOUDABI_EIO : CLOUDABI_ENOEXEC;
}
