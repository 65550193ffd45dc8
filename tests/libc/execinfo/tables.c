// SPDX-License-Identifier: BSD-2-Clause
// The sorted list of unwind tables: of functions that are there, and of no others. The linker drops
// the library's functions that a program does not use, and their tables have to go with them.

#define _GNU_SOURCE
#include <link.h>

#include "check.h"

static const Elf64_Phdr *find(const struct dl_phdr_info *info, Elf64_Word type, Elf64_Word flags) {
    for (int i = 0; i < info->dlpi_phnum; ++i)
        if (info->dlpi_phdr[i].p_type == type && (info->dlpi_phdr[i].p_flags & flags) == flags)
            return &info->dlpi_phdr[i];
    return NULL;
}

static int check_list(struct dl_phdr_info *info, size_t size, void *argument) {
    struct check *t = argument;
    (void)size;
    const Elf64_Phdr *list = find(info, PT_GNU_EH_FRAME, 0), *code = find(info, PT_LOAD, PF_X);
    if (!CHECK(t, list != NULL && code != NULL))
        return 0;
    // Four bytes of encodings, where .eh_frame is, how many rows; a row is function and table.
    const int32_t *words = (const int32_t *)(info->dlpi_addr + list->p_vaddr);
    size_t count = (uint32_t)words[2], described = 0;
    CHECK(t, count > 0 && list->p_memsz == 12 + 8 * count);
    for (size_t i = 0; i < count; ++i) {
        uintptr_t start = list->p_vaddr + (uintptr_t)(intptr_t)words[3 + 2 * i];
        CHECK(t, start - code->p_vaddr < code->p_memsz);
        CHECK(t, i == 0 || words[3 + 2 * i] > words[1 + 2 * i]);
        uintptr_t address = info->dlpi_addr + start;
        described += address == (uintptr_t)check_list || address == (uintptr_t)dl_iterate_phdr;
    }
    CHECK_INT(t, described, 2);
    return 1;
}

static void list(struct check *t) {
    CHECK_INT(t, dl_iterate_phdr(check_list, t), 1);
}

#define TESTS(X) X(list)
CHECK_MAIN(TESTS)
