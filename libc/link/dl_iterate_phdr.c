// SPDX-License-Identifier: BSD-2-Clause
// The program's own headers, for those who unwind its stack. There is one object, and it never
// changes.

#define _GNU_SOURCE
#include <link.h>

#include "pthread_impl.h"

int dl_iterate_phdr(int (*function)(struct dl_phdr_info *info, size_t size, void *data),
                    void *data) {
    size_t align = libc.tls_align != 0 ? libc.tls_align : 1;
    size_t tls = (libc.tls_len + align - 1) & ~(align - 1);
    struct dl_phdr_info info = {
        .dlpi_addr = libc.base,
        .dlpi_name = "",
        .dlpi_phdr = libc.phdr,
        .dlpi_phnum = (ElfW(Half))libc.phnum,
        .dlpi_adds = 1,
        .dlpi_tls_modid = libc.tls_image != NULL ? 1 : 0,
        .dlpi_tls_data = libc.tls_image != NULL ? (char *)__pthread_self() - tls : NULL,
    };
    return function(&info, sizeof(info), data);
}
