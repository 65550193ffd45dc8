// SPDX-License-Identifier: BSD-2-Clause
// malloc() itself, kept apart from the allocator so that a program's own malloc() replaces it.

#include <features.h>
#include <stdlib.h>

hidden void *__libc_malloc_impl(size_t size);
hidden void *__libc_malloc(size_t size);

void *__libc_malloc(size_t size) {
    return __libc_malloc_impl(size);
}

weak_alias(__libc_malloc, malloc);
