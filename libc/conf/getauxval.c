// SPDX-License-Identifier: BSD-2-Clause
// What the program was started with, under the names of <elf.h>. They are Linux's; the ABI numbers
// some of them differently.

#define _GNU_SOURCE
#include <errno.h>
#include <link.h>
#include <sys/auxv.h>

#include "libc.h"

unsigned long getauxval(unsigned long type) {
    switch (type) {
    case AT_PHDR:
        return (unsigned long)libc.phdr;
    case AT_PHENT:
        return sizeof(ElfW(Phdr));
    case AT_PHNUM:
        return libc.phnum;
    case AT_PAGESZ:
        return PAGE_SIZE;
    case AT_SECURE: // starting a program never gives it more than it was granted
        return 0;
    default:
        errno = ENOENT;
        return 0;
    }
}
