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
// granted, nor opened below a grant, or, in full mode, it lies below a grant that came by `!fd`
// and that no path leads to (its root can be had, as it is read-only already); EOPNOTSUPP: neither
// a directory nor, in strict mode, a plain file; ENOSPC: in strict mode, too many different sets of
// rights.
//
// The vDSO makes it for what is delegated: runtime/loader/delegate.c.
#ifndef CLOUDABI_SANDBOX_ATTENUATE_H
#define CLOUDABI_SANDBOX_ATTENUATE_H

#include <cloudabi_types.h>
#include <stdint.h>

struct attenuation {
    uint64_t flags;            // O_CLOEXEC or 0
    uint64_t mode, resolve;    // 0, as in struct open_how
    uint64_t base, inheriting; // never more than `fd` has: surplus ones are left out
};

// In full mode rights count by these two classes alone: a mount is read-only if neither set has a
// right of the first, and executes nothing if neither has one of the second.
#define ATTENUATION_CHANGING                                                                       \
    (CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY |                              \
     CLOUDABI_RIGHT_FILE_CREATE_FILE | CLOUDABI_RIGHT_FILE_LINK_SOURCE |                           \
     CLOUDABI_RIGHT_FILE_LINK_TARGET | CLOUDABI_RIGHT_FILE_RENAME_SOURCE |                         \
     CLOUDABI_RIGHT_FILE_RENAME_TARGET | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE |                      \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES | CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES |                    \
     CLOUDABI_RIGHT_FILE_SYMLINK | CLOUDABI_RIGHT_FILE_UNLINK | CLOUDABI_RIGHT_FILE_ALLOCATE)
#define ATTENUATION_EXECUTING (CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_MEM_MAP_EXEC)

_Static_assert(sizeof(struct attenuation) == 40, "told from struct open_how by its size");

#endif
