// SPDX-License-Identifier: BSD-2-Clause
// The calls that the supervisor performs. Each reads all it needs, makes sure that the caller still
// waits, checks the rights, acts on its own copies, and returns the result, a negative error number
// or ANSWERED.
#ifndef CLOUDABI_SANDBOX_CALLS_H
#define CLOUDABI_SANDBOX_CALLS_H

#include "caller.h"

int64_t call_openat2(const struct caller *caller);
int64_t call_attenuate(const struct caller *caller); // openat2 with a size of its own
int64_t call_mkdirat(const struct caller *caller);
int64_t call_symlinkat(const struct caller *caller);
int64_t call_renameat(const struct caller *caller);
int64_t call_linkat(const struct caller *caller);
int64_t call_unlinkat(const struct caller *caller);
int64_t call_newfstatat(const struct caller *caller);
int64_t call_readlinkat(const struct caller *caller);
int64_t call_utimensat(const struct caller *caller);
int64_t call_fcntl(const struct caller *caller);
int64_t call_ftruncate(const struct caller *caller);
int64_t call_fallocate(const struct caller *caller);
int64_t call_getdents64(const struct caller *caller);
int64_t call_mmap(const struct caller *caller); // of a file
int64_t call_lseek(const struct caller *caller);
int64_t call_fadvise64(const struct caller *caller);
int64_t call_fsync(const struct caller *caller);
int64_t call_fdatasync(const struct caller *caller);
int64_t call_fstat(const struct caller *caller);

#endif
