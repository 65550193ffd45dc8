/* SPDX-License-Identifier: BSD-2-Clause */
/* struct iovec is the ABI's iovec and ciovec. */
#ifndef VECTOR_H
#define VECTOR_H

#include <cloudabi_types.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/uio.h>

#define SAME_LAYOUT(type)                                                                          \
    _Static_assert(sizeof(struct iovec) == sizeof(type) &&                                         \
                       offsetof(struct iovec, iov_base) == offsetof(type, buf) &&                  \
                       offsetof(struct iovec, iov_len) == offsetof(type, buf_len),                 \
                   #type)
SAME_LAYOUT(cloudabi_iovec_t);
SAME_LAYOUT(cloudabi_ciovec_t);
#undef SAME_LAYOUT

static inline bool __vector_count_valid(int count) {
    return count > 0 && count <= IOV_MAX;
}

#endif
