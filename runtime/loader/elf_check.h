// SPDX-License-Identifier: BSD-2-Clause
// Decides whether a file is a program that can be started. Pure: everything about the file comes
// through a callback, so that the loader, proc_exec and a fuzzer on the host use the same code.
#ifndef LOADER_ELF_CHECK_H
#define LOADER_ELF_CHECK_H

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>

#define ELF_PAGE UINT64_C(4096)
#define ELF_MAX_PHDRS 64
#define ELF_MAX_SPAN (UINT64_C(1) << 36)
// Where Linux puts nothing by itself in an image that has just begun.
#define ELF_FIXED_MIN (UINT64_C(1) << 16)
#define ELF_FIXED_MAX (UINT64_C(1) << 46)

// X(name, sentence). Each way to be refused has its own name and its own words.
#define ELF_REASONS(X)                                                                             \
    X(OK, "The file is a program that can be started.")                                            \
    X(READ, "The file cannot be read.")                                                            \
    X(SHORT_HEADER, "The file is shorter than an ELF header.")                                     \
    X(MAGIC, "The file does not start with the ELF magic bytes.")                                  \
    X(CLASS, "The ELF file is not a 64-bit one.")                                                  \
    X(ENCODING, "The ELF file is not little-endian.")                                              \
    X(VERSION, "The ELF version is not 1.")                                                        \
    X(OSABI, "The ELF file is for another system: EI_OSABI is not 17 (CloudABI).")                 \
    X(TYPE, "The ELF file is not a program: e_type is neither ET_DYN nor ET_EXEC.")                \
    X(MACHINE, "The ELF file is for another machine: e_machine is not 62 (x86-64).")               \
    X(PHDR_SIZE, "The size of a program header is not 56 bytes.")                                  \
    X(PHDR_NONE, "The ELF file has no program headers.")                                           \
    X(PHDR_COUNT, "The ELF file has more than 64 program headers.")                                \
    X(PHDR_TRUNCATED, "The file ends before its program headers do.")                              \
    X(INTERP, "The program asks for an interpreter (PT_INTERP): link it statically.")              \
    X(NO_LOAD, "The program has no loadable segment.")                                             \
    X(SEGMENT_ALIGN, "A segment does not begin at the same place in a page as in the file.")       \
    X(SEGMENT_FILESZ, "A segment takes more bytes from the file than it has in memory.")           \
    X(SEGMENT_WRAP, "A segment wraps around the end of the address space.")                        \
    X(SEGMENT_ORDER, "The segments are not sorted by address.")                                    \
    X(SEGMENT_OVERLAP, "Two segments share a page.")                                               \
    X(SEGMENT_HUGE, "The program spans more than 64 GiB of memory.")                               \
    X(SEGMENT_PLACE, "The program's fixed addresses are not between 64 KiB and 64 TiB.")           \
    X(SEGMENT_TRUNCATED, "The file ends inside a segment.")                                        \
    X(SEGMENT_WX, "A segment is both writable and executable.")                                    \
    X(NO_DYNAMIC, "The program has no PT_DYNAMIC: link it as a static PIE.")                       \
    X(DYNAMIC_OUTSIDE, "The dynamic section is not inside a loaded segment.")                      \
    X(NEEDED, "The program needs a shared library (DT_NEEDED): link it statically.")               \
    X(PHDR_OUTSIDE, "The program headers are not inside a loaded, readable segment.")              \
    X(ENTRY_OUTSIDE, "The entry point is not inside an executable segment.")

enum elf_reason {
#define ELF_REASON_ENUM(name, text) ELF_##name,
    ELF_REASONS(ELF_REASON_ENUM)
#undef ELF_REASON_ENUM
        ELF_REASONS_COUNT
};

// read copies up to len bytes from offset and says how many it got (short at the end of the
// file), or a negative number if the file cannot be read.
struct elf_source {
    int64_t (*read)(const struct elf_source *, void *buf, uint64_t len, uint64_t offset);
    uint64_t size;
    int fd;            // for read's own use
    const void *bytes; // for read's own use
};

// Addresses are relative to the load bias. lowest is that of the first segment's page; span is the
// room from there to the end of the last segment, rounded up to pages. If the image is fixed, the
// bias has to be 0: programs from before static PIE was the original's default.
struct elf_image {
    bool fixed;
    uint64_t lowest, span;
    uint64_t entry, phdr;
    uint32_t nphdrs;
    Elf64_Phdr phdrs[ELF_MAX_PHDRS];
};

// Returns 0 and fills *image, or CLOUDABI_ENOEXEC (CLOUDABI_EIO if reading failed). *reason says
// why in either case.
uint16_t elf_check(const struct elf_source *source, struct elf_image *image,
                   enum elf_reason *reason);

// A sentence in static memory for any value, also for one that is no reason.
const char *elf_reason_text(enum elf_reason reason);

#endif
