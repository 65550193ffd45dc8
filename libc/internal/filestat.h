/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the ABI's attributes of files and POSIX's. */
#ifndef FILESTAT_H
#define FILESTAT_H

#include <cloudabi_types.h>
#include <features.h>
#include <sys/stat.h>

/* Of a shared memory object, for S_TYPEISSHM(). */
#define S_IFSHM 0030000

/* S_IF*, or 0 for what POSIX has no type for: processes and the unknown. */
hidden mode_t __filetype_mode(cloudabi_filetype_t type);

hidden void __filestat_convert(const cloudabi_filestat_t *from, struct stat *to);

/* times[0] and times[1] as attributes and the flags that say which to apply; 0 or EINVAL. */
hidden int __filestat_times(const struct timespec times[2], cloudabi_filestat_t *stat,
                            cloudabi_fsflags_t *flags);

#endif
