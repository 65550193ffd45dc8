// SPDX-License-Identifier: BSD-2-Clause
// Code made at run time. Hygiene rather than a boundary: machine code is assumed anyway.

#include "attack.h"

#include <linux/mman.h>

void attack_memory(void) {
    enum { ANON = MAP_PRIVATE | MAP_ANONYMOUS };
    REFUSED("map-writable-executable", __NR_mmap, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, ANON,
            -1, 0);
    long page = RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, ANON, -1, 0);
    REFUSED("protect-writable-executable", __NR_mprotect, page, 4096,
            PROT_READ | PROT_WRITE | PROT_EXEC);
    REFUSED("memfd-executable", __NR_memfd_create, "x", 0x10 /* MFD_EXEC */);
    REFUSED("memfd-huge", __NR_memfd_create, "x", 4 /* MFD_HUGETLB */);
    REFUSED("memfd_secret", __NR_memfd_secret, 0);
    REFUSED("remap_file_pages", __NR_remap_file_pages, page, 4096, 0, 0, 0);
    REFUSED("mlockall", __NR_mlockall, 3);
    REFUSED("move_pages", __NR_move_pages, 1, 0, 0, 0, 0, 0);
    REFUSED("migrate_pages", __NR_migrate_pages, 1, 0, 0, 0);
    REFUSED("pkey_alloc", __NR_pkey_alloc, 0, 0);
    RAW(__NR_munmap, page, 4096);
}
