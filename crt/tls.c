// SPDX-License-Identifier: BSD-2-Clause
// Thread-local storage, variant II: the program's TLS data ends where the control block begins.

#include "crt.h"
#include "pthread_impl.h"

static size_t tls_align(void) {
    size_t least = _Alignof(struct pthread);
    return libc.tls_align > least ? libc.tls_align : least;
}

size_t __tls_size(void) {
    return libc.tls_len + 2 * tls_align() + sizeof(struct pthread);
}

struct pthread *__tls_create(void *memory) {
    uintptr_t end = (uintptr_t)memory + libc.tls_len;
    end = (end + tls_align() - 1) & ~(uintptr_t)(tls_align() - 1);
    // The image begins where the linker's offsets say: at the block's size rounded up to its
    // alignment below the control block.
    size_t align = libc.tls_align ? libc.tls_align : 1;
    char *to = (char *)end - ((libc.tls_len + align - 1) & ~(align - 1));
    const char *from = libc.tls_image;
    for (size_t i = 0; i < libc.tls_image_len; ++i)
        to[i] = from[i];
    return (struct pthread *)end;
}

void __tls_switch(struct pthread *self) {
    self->tcb = ((struct pthread *)__get_tp())->tcb;
    __asm__ volatile("mov %0, %%fs:0" : : "r"(self) : "memory");
}
