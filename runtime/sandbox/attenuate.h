// SPDX-License-Identifier: BSD-2-Clause
// The one request of a sandboxed process that is no call of Linux: a new descriptor of the same
// file or directory with fewer rights, to be given away. It is
//
//   openat2(fd, "", &attenuation, sizeof attenuation)
//
// and where nobody serves it the answer is ENOSYS. In full mode the mounter makes a mount of its
// own of a directory, which cannot be left, is read-only where no right to change is asked for, and
// does not execute where none to execute is; files are told EOPNOTSUPP, since their open mode is
// what binds. In strict mode the supervisor opens the file or directory anew, under exactly the
// rights asked for; a file's offset, though the same at first, is no longer shared. In either mode
// others keep what they hold, and what is lost cannot be asked for again. EPERM: `fd` was not
// granted, nor opened below a grant, or, in full mode, the grant came by `!fd`; EOPNOTSUPP: neither
// a directory nor, in strict mode, a plain file; ENOSPC: in strict mode, too many different sets of
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
