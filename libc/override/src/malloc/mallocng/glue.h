/* SPDX-License-Identifier: BSD-2-Clause */
/* What mallocng needs from the rest of the library. */
#ifndef MALLOC_GLUE_H
#define MALLOC_GLUE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "atomic.h"
#include "libc.h"
#include "lock.h"
#include "syscall.h"

#define size_classes __malloc_size_classes
#define ctx __malloc_context
#define alloc_meta __malloc_alloc_meta
#define is_allzero __malloc_allzerop
#define dump_heap __dump_heap

#define malloc __libc_malloc_impl
#define realloc __libc_realloc
#define free __libc_free

#undef assert
#define assert(x)                                                                                  \
    do {                                                                                           \
        if (!(x))                                                                                  \
            a_crash();                                                                             \
    } while (0)

/* There is no heap segment to move the end of. */
#define brk(p) ((uintptr_t)-1)

/* Mappings are never moved: realloc() copies. */
#define mremap(old, old_size, new_size, flags) MAP_FAILED

extern hidden int __malloc_replaced;
extern hidden int __aligned_alloc_replaced;
#define DISABLE_ALIGNED_ALLOC (__malloc_replaced && !__aligned_alloc_replaced)

static inline uint64_t get_random_secret(void) {
    uint64_t secret;
    arc4random_buf(&secret, sizeof(secret));
    return secret;
}

#ifndef PAGESIZE
#define PAGESIZE PAGE_SIZE
#endif

/* What freed pages hold may get lost or not. */
#define MADV_FREE POSIX_MADV_DONTNEED

#define MT 1
#define RDLOCK_IS_EXCLUSIVE 1

extern hidden int __malloc_lock[1];
#define LOCK_OBJ_DEF int __malloc_lock[1]

static inline void rdlock(void) {
    LOCK(__malloc_lock);
}

static inline void wrlock(void) {
    LOCK(__malloc_lock);
}

static inline void unlock(void) {
    UNLOCK(__malloc_lock);
}

static inline void upgradelock(void) {}

#endif
