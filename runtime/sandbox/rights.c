// SPDX-License-Identifier: BSD-2-Clause
// What the words of `rights:` mean in the ABI's rights.
#include <cloudabi_types.h>

#include "grant.h"

#define LIST                                                                                       \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_FILE_READLINK |       \
     CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_FILE_STAT_GET)

#define READ                                                                                       \
    (LIST | CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK | CLOUDABI_RIGHT_FD_TELL |             \
     CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS | CLOUDABI_RIGHT_FILE_ADVISE | CLOUDABI_RIGHT_MEM_MAP |      \
     CLOUDABI_RIGHT_POLL_FD_READWRITE)

// Not changing flags, not even where another word gives it: an append-only file would be a writable
// one.
#define APPEND                                                                                     \
    (CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_SYNC | CLOUDABI_RIGHT_FD_DATASYNC |               \
     CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_POLL_FD_READWRITE)

#define WRITE                                                                                      \
    (APPEND | CLOUDABI_RIGHT_FD_SEEK | CLOUDABI_RIGHT_FD_TELL | CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS | \
     CLOUDABI_RIGHT_FILE_ADVISE | CLOUDABI_RIGHT_FILE_ALLOCATE |                                   \
     CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY | CLOUDABI_RIGHT_FILE_CREATE_FILE |                      \
     CLOUDABI_RIGHT_FILE_LINK_SOURCE | CLOUDABI_RIGHT_FILE_LINK_TARGET |                           \
     CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_RENAME_SOURCE |                                \
     CLOUDABI_RIGHT_FILE_RENAME_TARGET | CLOUDABI_RIGHT_FILE_STAT_GET |                            \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE | CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES |                    \
     CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES | CLOUDABI_RIGHT_FILE_SYMLINK |                            \
     CLOUDABI_RIGHT_FILE_UNLINK | CLOUDABI_RIGHT_MEM_MAP)

#define EXEC                                                                                       \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_FILE_STAT_GET |     \
     CLOUDABI_RIGHT_MEM_MAP | CLOUDABI_RIGHT_MEM_MAP_EXEC | CLOUDABI_RIGHT_PROC_EXEC)

#define LISTENER                                                                                   \
    (CLOUDABI_RIGHT_SOCK_ACCEPT | CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS |                               \
     CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_POLL_FD_READWRITE | CLOUDABI_RIGHT_FD_READ)

#define CONNECTION                                                                                 \
    (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS | CLOUDABI_RIGHT_FD_WRITE |         \
     CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_POLL_FD_READWRITE |                            \
     CLOUDABI_RIGHT_SOCK_SHUTDOWN)

static uint64_t rights_of_words(unsigned words) {
    uint64_t rights = 0;
    if (words & GRANT_LIST)
        rights |= LIST;
    if (words & GRANT_READ)
        rights |= READ;
    if (words & GRANT_WRITE)
        rights |= WRITE;
    if (words & GRANT_APPEND)
        rights |= APPEND;
    if (words & GRANT_EXEC)
        rights |= EXEC;
    if ((words & (GRANT_APPEND | GRANT_WRITE)) == GRANT_APPEND)
        rights &= ~(uint64_t)CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS;
    return rights;
}

void grant_rights(const struct grant *grant, uint64_t *base, uint64_t *inheriting) {
    switch (grant->kind) {
    case GRANT_PATH:
        *base = *inheriting = rights_of_words(grant->rights);
        break;
    case GRANT_INHERITED:
        // The configuration gives away what it was itself given, except that a directory stays
        // read-only: its mount is (see directories.c).
        *base = *inheriting = grant->directory ? rights_of_words(GRANT_READ) : UINT64_MAX;
        break;
    case GRANT_SOCKET:
        *base = CONNECTION;
        *inheriting = UINT64_MAX;
        if (grant->peer_len == 0 && grant->type == SOCK_STREAM) {
            *base = LISTENER;
            *inheriting = CONNECTION;
        } else if (grant->peer_len == 0) {
            *base = CONNECTION & ~(uint64_t)CLOUDABI_RIGHT_FD_WRITE;
        }
        break;
    case GRANT_PROGRAM:
        *base = rights_of_words(GRANT_READ | GRANT_EXEC);
        *inheriting = 0;
        break;
    }
}
