// SPDX-License-Identifier: BSD-2-Clause
// Mappings of files, and the most protection that the descriptor's rights gave each of them.
//
// The kernel knows the open mode: it refuses to make a shared mapping of a read-only descriptor
// writable. Finer rights (a descriptor open for writing without fd_write, PROT_EXEC without
// mem_map_exec) are known here only, and hold only for programs that go through these calls.
#ifndef LOADER_MEM_CEILING_H
#define LOADER_MEM_CEILING_H

#include "loader.h"

cloudabi_errno_t ceiling_map(void *addr, size_t len, int prot, int flags, int fd, uint64_t off,
                             cloudabi_mprot_t ceiling, void **mem);
cloudabi_errno_t ceiling_protect(void *addr, size_t len, cloudabi_mprot_t prot, int linux_prot);
cloudabi_errno_t ceiling_unmap(void *addr, size_t len);

void ceiling_lock(void); // around fork
void ceiling_unlock(void);

#endif
