// SPDX-License-Identifier: BSD-2-Clause
// The one request of a sandboxed process that is no call of Linux: a new descriptor of the same
// file or directory with fewer rights, to be given away. It is
//
//   openat2(fd, "", &attenuation, sizeof attenuation)
//
// so that where nobody serves it (full mode, so far) the kernel answers E2BIG. The result is an
// open file of its own: what is narrowed is the copy, not what others hold, and a file's offset,
// though the same at first, is no longer shared. EPERM: `fd` was not granted, nor opened below a
// grant; EOPNOTSUPP: neither a plain file nor a directory; ENOSPC: too many different sets of
// rights.
#ifndef CLOUDABI_SANDBOX_ATTENUATE_H
#define CLOUDABI_SANDBOX_ATTENUATE_H

#include <stdint.h>

struct attenuation {
    uint64_t flags;            // O_CLOEXEC or 0
    uint64_t mode, resolve;    // 0, as in struct open_how
    uint64_t base, inheriting; // never more than `fd` has: surplus ones are left out
};

_Static_assert(sizeof(struct attenuation) == 40, "told from struct open_how by its size");

#endif
