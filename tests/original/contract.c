// SPDX-License-Identifier: BSD-2-Clause
// Every promise of the start, looked at by a program of the original's shape. Descriptor 0 takes
// its lines, descriptor 1 is a directory, and the argument data is the sequence of both.

#include <limits.h>

#include "runtime/runtime.h"

#define EXPECTED_CALLS 49

static const unsigned char expected_argdata[] = {0x07, 0x85, 0x03, 0, 0, 0, 0,
                                                 0x85, 0x03, 0,    0, 0, 1};

static _Thread_local volatile uint64_t initialised = 0x1122334455667788;
static _Thread_local char zeroed[300] __attribute__((aligned(64)));
static const char *const texts[] = {"first", "second"}; // relocated, then read-only
static int data = 7, *data_pointer = &data;
static char bss[3 * PAGE];
static unsigned order; // of constructors: compilers put the last one first into .ctors

__attribute__((constructor)) static void construct_first(void) {
    order = order * 10 + 1;
}

__attribute__((constructor)) static void construct_second(void) {
    order = order * 10 + 2;
}

static void entry_state(void) {
    check((entry.stack + 8) % 16 == 0, "rsp + 8 is a multiple of 16, as just after a call");
    check((entry.flags & 0x400) == 0, "the direction flag is clear");
    check((entry.flags & 0x40100) == 0, "no alignment checks, no single step");
    check_equal(entry.mxcsr & 0xffc0, 0x1f80, "SSE: nothing traps, to the nearest");
    check_equal(entry.x87, 0x37f, "x87: nothing traps, to the nearest, 64 bits");
    check(entry.auxv != NULL && (uintptr_t)entry.auxv % 8 == 0, "rdi leads to the vector");
}

static void auxiliary_vector(void) {
    static const uint8_t once[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12};
    bool all = true;
    for (size_t i = 0; i < sizeof(once); ++i)
        all = all && start.seen[once[i]] == 1;
    check(all, "each of the twelve entries is there, once");
    check_equal(start.page_size, PAGE, "PAGESZ");
    check(start.ncpus >= 1 && start.ncpus < 65536, "NCPUS");
    check(start.tid > 1 && start.tid < UINT32_C(1) << 30, "TID is neither 0 nor 1, below 2^30");
    check_equal(start.canary_len, 64, "CANARYLEN");
    unsigned bits = 0;
    for (size_t i = 0; i < start.canary_len; ++i)
        bits += (unsigned)__builtin_popcount(start.canary[i]);
    check(bits > 150 && bits < 362, "CANARY is random");
    check_equal(start.pid[6] >> 4, 4, "PID is a UUID of version 4");
    check_equal(start.pid[8] >> 6, 2, "and of its variant");
    check_equal(start.argdata_len, sizeof(expected_argdata), "ARGDATALEN");
    check(memcmp(start.argdata, expected_argdata, sizeof(expected_argdata)) == 0, "ARGDATA");
    unsigned char *first = (unsigned char *)(uintptr_t)start.argdata;
    *first ^= 0xff; // as a program does that changes the strings of its argv
    *first ^= 0xff;
}

static void jump(void *to) {
    ((void (*)(void))to)();
}

static void store(void *to) {
    *(volatile char *)to = 1;
}

static void ends_by_segv(void (*run)(void *), void *at, const char *name) {
    struct ending ending = in_child(run, at);
    check(ending.error == 0 && ending.signal == SIG_SEGV && ending.exitcode == 0, name);
}

// The memory of the image is what its own headers say, so that the same check serves any layout.
static void segments(void) {
    const Elf64_Ehdr *header = NULL;
    bool has_headers = false, readable = true;
    unsigned loads = 0;
    for (size_t i = 0; i < start.phnum; ++i) {
        const Elf64_Phdr *phdr = &start.phdr[i];
        if (phdr->p_type != PT_LOAD)
            continue;
        ++loads;
        char *at = start.base + phdr->p_vaddr;
        if (phdr->p_offset == 0 && phdr->p_filesz >= sizeof(*header)) {
            header = (const Elf64_Ehdr *)at;
            has_headers = (const char *)start.phdr == at + header->e_phoff;
        }
        if ((phdr->p_flags & PF_R) != 0)
            for (size_t j = 0; j < phdr->p_memsz; j += 64)
                readable = readable && ((volatile char *)at)[j] >= CHAR_MIN;
        if ((phdr->p_flags & PF_W) == 0)
            ends_by_segv(store, at, "a segment without W cannot be written");
        if ((phdr->p_flags & PF_X) == 0)
            ends_by_segv(jump, at, "a segment without X cannot be executed");
    }
    check(loads > 0 && readable, "every byte of the segments is there");
    check(header != NULL && memcmp(header->e_ident, ELFMAG, SELFMAG) == 0,
          "BASE + p_vaddr of the first segment leads to the ELF header");
    check(header != NULL && header->e_ident[EI_OSABI] == 17 &&
              header->e_type == (start.base == NULL ? ET_EXEC : ET_DYN),
          "of a program for CloudABI, a static PIE unless BASE is null");
    check(has_headers, "PHDR is BASE + e_phoff's place");
    check(header != NULL && header->e_phnum == start.phnum, "PHNUM");
}

static void image(void) {
    check(strcmp(texts[1], "second") == 0 && data_pointer == &data && *data_pointer == 7,
          "relative relocations, added to BASE by the program, lead where they should");
    check_equal(order, 12, "constructors ran, from the end of .ctors");
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof(bss); ++i)
        sum += ((volatile unsigned char *)bss)[i];
    check_equal(sum, 0, "memory behind a segment's bytes of the file is zero");
    memset(bss, 1, sizeof(bss));
    check(bss[0] == 1 && bss[sizeof(bss) - 1] == 1, "and can be written");
    if (image_segment(PT_GNU_RELRO) != NULL)
        ends_by_segv(store, (void *)&texts[1], "what the program made read-only stays so");
}

static void thread_local_storage(void) {
    struct tcb *tcb = tcb_get();
    check(entry.tcb != NULL && entry.tcb != tcb, "%fs:0 led to a TCB, and leads to the program's");
    check(tcb->parent == entry.tcb->parent && tcb->parent != NULL, "with the old parent word");
    check(initialised == 0x1122334455667788 && zeroed[0] == 0 && zeroed[299] == 0,
          "thread-local data behind it has its values");
    check((uintptr_t)zeroed % 64 == 0, "and its alignment");
    uint64_t now;
    struct filestat stat;
    bool kept = true;
    for (int i = 0; i < 100; ++i) {
        cloudabi_sys_clock_time_get(CLOCK_MONOTONIC, 0, &now);
        cloudabi_sys_file_stat_fget(1, &stat);
        kept = kept && tcb_get() == tcb && tcb->parent == entry.tcb->parent;
    }
    check(kept, "calls leave both words alone");
}

// At least as much as one page of arrays many times over: the original gave threads 1 MiB.
__attribute__((noinline)) WITHOUT_UNSAFE_STACK static unsigned deep(unsigned depth) {
    volatile char room[4096];
    room[0] = (char)depth;
    return depth == 0 ? 0 : deep(depth - 1) + (unsigned char)room[0] / 256 + 1;
}

static void stack(void) {
    check_equal(deep(250), 250, "there is 1 MiB of stack");
    ends_by_segv(jump, (void *)(entry.stack & ~UINT64_C(15)), "which cannot be executed");
}

static unsigned elf_hash(const char *name) {
    unsigned hash = 0;
    for (; *name != '\0'; ++name) {
        hash = (hash << 4) + (unsigned char)*name;
        unsigned high = hash & 0xf0000000;
        hash = (hash ^ high >> 24) & ~high;
    }
    return hash;
}

// The vDSO, read in the ways that readers of one have: by p_vaddr or p_offset, by walking all
// symbols or by the hash table's chains.
static void vdso(void) {
    const char *base = (const char *)start.vdso;
    const Elf64_Phdr *phdr = (const Elf64_Phdr *)(base + start.vdso->e_phoff), *dynamic = NULL;
    check(memcmp(start.vdso->e_ident, ELFMAG, SELFMAG) == 0 && start.vdso->e_type == ET_DYN &&
              start.vdso->e_machine == EM_X86_64 && start.vdso->e_phentsize == sizeof(Elf64_Phdr),
          "SYSINFO_EHDR leads to the ELF header of a shared object");
    unsigned dynamics = 0, bias = 0;
    for (size_t i = 0; i < start.vdso->e_phnum; ++i) {
        if (phdr[i].p_type == PT_LOAD && phdr[i].p_offset == 0)
            bias = (unsigned)(phdr[i].p_vaddr != 0);
        if (phdr[i].p_type == PT_DYNAMIC) {
            ++dynamics;
            dynamic = &phdr[i];
        }
    }
    check(bias == 0, "its first segment is at 0: subtracting that changes nothing");
    check(dynamics == 1 && dynamic->p_offset == dynamic->p_vaddr,
          "one PT_DYNAMIC, at the same place in file and memory");
    const uint32_t *hash = NULL;
    const Elf64_Sym *symbols = NULL;
    const char *strings = NULL;
    uint64_t strings_len = 0, symbol_len = 0;
    for (const Elf64_Dyn *tag = (const Elf64_Dyn *)(base + dynamic->p_vaddr); tag->d_tag != 0;
         ++tag) {
        hash = tag->d_tag == DT_HASH ? (const uint32_t *)(base + tag->d_un.d_ptr) : hash;
        symbols = tag->d_tag == DT_SYMTAB ? (const Elf64_Sym *)(base + tag->d_un.d_ptr) : symbols;
        strings = tag->d_tag == DT_STRTAB ? base + tag->d_un.d_ptr : strings;
        strings_len = tag->d_tag == DT_STRSZ ? tag->d_un.d_val : strings_len;
        symbol_len = tag->d_tag == DT_SYMENT ? tag->d_un.d_val : symbol_len;
    }
    check(hash != NULL && symbols != NULL && strings != NULL && strings_len > 0 &&
              symbol_len == sizeof(Elf64_Sym),
          "DT_HASH, DT_SYMTAB, DT_STRTAB, DT_STRSZ, DT_SYMENT");
    check_equal(calls_bound, EXPECTED_CALLS, "each of the 49 calls is there once");

    unsigned plain = 0, by_chain = 0;
    for (uint32_t i = 1; i < hash[1]; ++i) {
        const char *name = strings + symbols[i].st_name;
        plain += symbols[i].st_name < strings_len && symbols[i].st_shndx != SHN_UNDEF &&
                 symbols[i].st_shndx < SHN_LORESERVE && symbols[i].st_size > 0;
        uint32_t at = hash[2 + elf_hash(name) % hash[0]];
        while (at != 0 && strcmp(strings + symbols[at].st_name, name) != 0)
            at = hash[2 + hash[0] + at];
        by_chain += at == i;
    }
    check(plain == hash[1] - 1, "every symbol is defined, has a section and a size");
    check(by_chain == hash[1] - 1, "and is found by its hash");
#define ABSENT(name) find_symbol(start.vdso, "cloudabi_sys_" #name) == NULL &&
    check(CALLS_RETIRED(ABSENT) true, "calls that went before v0.20 are not there");
}

static void descriptors(void) {
    struct fdstat stat;
    unsigned open = 0;
    check_equal(cloudabi_sys_fd_stat_get(0, &stat), 0, "descriptor 0 is open");
    check_equal(cloudabi_sys_fd_stat_get(1, &stat), 0, "descriptor 1 is open");
    check_equal(stat.type, TYPE_DIRECTORY, "and a directory");
    for (uint32_t fd = 2; fd < 1024; ++fd)
        open += cloudabi_sys_fd_stat_get(fd, &stat) != EBADF;
    check_equal(open, 0, "no other number is in use");
}

void program_main(const unsigned char *argdata, size_t len) {
    check(argdata == start.argdata && len == start.argdata_len, "the program is running");
    entry_state();
    auxiliary_vector();
    segments();
    image();
    thread_local_storage();
    stack();
    vdso();
    descriptors();
    finish();
}
