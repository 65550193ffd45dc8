/* SPDX-License-Identifier: BSD-2-Clause */
/* What the whole library shares. */
#ifndef LIBC_H
#define LIBC_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct __locale_map;

struct __locale_struct {
    const struct __locale_map *cat[6];
};

struct __libc {
    size_t page_size;
    size_t ncpus;
    const void *argdata; /* the bytes the program was started with */
    size_t argdata_len;
    const unsigned char *pid; /* 16 bytes, or NULL */
    const void *phdr;         /* program headers, and what to add to the addresses in them */
    size_t phnum, base;
    const void *tls_image; /* PT_TLS */
    size_t tls_image_len, tls_len, tls_align;
    struct __locale_struct global_locale;
};

/* <limits.h> knows it where the machine has one size only. */
#ifndef PAGE_SIZE
#define PAGE_SIZE libc.page_size
#endif

extern hidden struct __libc __libc;
#define libc __libc

hidden void __funcs_on_exit(void);
hidden void __funcs_on_quick_exit(void);
hidden void __libc_exit_fini(void);

#endif
