// SPDX-License-Identifier: BSD-2-Clause
// A thread's memory, from low to high addresses, with G for a guard page:
//     G  safe stack  TLS and control block  G  unsafe stack  G
// Buffers live on the unsafe stack, so that one which overflows meets a guard page, and neither
// return addresses nor the control block.

#include <cloudabi_syscalls.h>

#include "crt.h"
#include "thread.h"

static size_t whole_pages(size_t size) {
    return (size + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1);
}

static bool protect(char *start, size_t size, cloudabi_mprot_t protection) {
    return size == 0 || cloudabi_sys_mem_protect(start, size, protection) == 0;
}

// Memory that is not used costs nothing, a stack that is too small costs a search.
#define LEAST_STACK ((size_t)64 << 10)

struct pthread *__thread_allocate(const pthread_attr_t *attr) {
    size_t stack = whole_pages(attr->_a_stacksize), tls = whole_pages(__tls_size());
    if (stack < LEAST_STACK)
        stack = LEAST_STACK;
    // A stack given by the caller is the safe one; its guard is the caller's business.
    bool own_stack = attr->_a_stackaddr == 0;
    size_t guard = own_stack ? whole_pages(attr->_a_guardsize) : 0;
    size_t low = own_stack ? stack + tls : tls;
    size_t size = guard + low + PAGE_SIZE + stack + PAGE_SIZE;

    void *map;
    if (cloudabi_sys_mem_map(NULL, size, 0, CLOUDABI_MAP_ANON | CLOUDABI_MAP_PRIVATE,
                             CLOUDABI_MAP_ANON_FD, 0, &map) != 0)
        return NULL;
    char *base = map, *unsafe = base + guard + low + PAGE_SIZE;
    const cloudabi_mprot_t usable = CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE;
    if (!protect(base + guard, low, usable) || !protect(unsafe, stack, usable)) {
        cloudabi_sys_mem_unmap(map, size);
        return NULL;
    }

    struct pthread *thread = __tls_create(base + guard + low - tls);
    thread->map_base = map;
    thread->map_size = size;
    thread->stack = own_stack ? base + guard : (char *)attr->_a_stackaddr - attr->_a_stacksize;
    thread->stack_size = own_stack ? stack : attr->_a_stacksize & ~(size_t)15;
    thread->guard_size = guard;
    thread->unsafe_stack_top = unsafe + stack;
    thread->unsafe_stack_size = stack;
    return thread;
}

void __thread_free(struct pthread *thread) {
    // The creator may still be about to write the thread's number into the block.
    while (!atomic_load_explicit(&thread->created, memory_order_acquire))
        cloudabi_sys_thread_yield();
    if (thread->map_base != NULL)
        cloudabi_sys_mem_unmap(thread->map_base, thread->map_size);
}
