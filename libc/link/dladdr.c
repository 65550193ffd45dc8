// SPDX-License-Identifier: BSD-2-Clause
// Where the program lies. It has no name and no table of symbols at run time.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>

#include "libc.h"

int dladdr(const void *address, Dl_info *info) {
    const ElfW(Phdr) *segment = libc.phdr;
    for (size_t i = 0; i < libc.phnum; ++i) {
        uintptr_t offset = (uintptr_t)address - (libc.base + segment[i].p_vaddr);
        if (segment[i].p_type == PT_LOAD && offset < segment[i].p_memsz) {
            *info = (Dl_info){.dli_fname = "", .dli_fbase = (void *)libc.base};
            return 1;
        }
    }
    return 0;
}
