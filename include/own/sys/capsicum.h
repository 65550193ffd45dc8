/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <sys/capsicum.h>: what a descriptor may be used for. Rights can be given up, never regained, and
 * follow the descriptor through dup(), through being passed on, and into a new program.
 *
 * FreeBSD's interface, with the ABI's rights behind its names. A descriptor has two sets here: what
 * it may be used for itself, and the most that descriptors opened or received through it may have.
 * cap_rights_limit() narrows both.
 */
#ifndef _SYS_CAPSICUM_H
#define _SYS_CAPSICUM_H

#include <cloudabi_types.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cap_rights {
    uint64_t __bits;
} cap_rights_t;

/* Files and streams. */
#define CAP_READ CLOUDABI_RIGHT_FD_READ
#define CAP_WRITE CLOUDABI_RIGHT_FD_WRITE
#define CAP_SEEK_TELL CLOUDABI_RIGHT_FD_TELL
#define CAP_SEEK (CLOUDABI_RIGHT_FD_SEEK | CLOUDABI_RIGHT_FD_TELL)
#define CAP_PREAD (CAP_SEEK | CAP_READ)
#define CAP_PWRITE (CAP_SEEK | CAP_WRITE)
#define CAP_FCNTL CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS
#define CAP_FSYNC (CLOUDABI_RIGHT_FD_SYNC | CLOUDABI_RIGHT_FD_DATASYNC)
#define CAP_FDATASYNC CLOUDABI_RIGHT_FD_DATASYNC
#define CAP_FADVISE CLOUDABI_RIGHT_FILE_ADVISE
#define CAP_FALLOCATE CLOUDABI_RIGHT_FILE_ALLOCATE
#define CAP_FSTAT CLOUDABI_RIGHT_FILE_STAT_FGET
#define CAP_FTRUNCATE CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE
#define CAP_FUTIMES CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES
#define CAP_EVENT (CLOUDABI_RIGHT_POLL_FD_READWRITE | CLOUDABI_RIGHT_POLL_PROC_TERMINATE)

/* Directories. */
#define CAP_LOOKUP CLOUDABI_RIGHT_FILE_OPEN
#define CAP_CREATE (CAP_LOOKUP | CLOUDABI_RIGHT_FILE_CREATE_FILE)
#define CAP_READDIR CLOUDABI_RIGHT_FILE_READDIR
#define CAP_READLINKAT CLOUDABI_RIGHT_FILE_READLINK
#define CAP_FSTATAT CLOUDABI_RIGHT_FILE_STAT_GET
#define CAP_FUTIMESAT CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES
#define CAP_LINKAT_SOURCE CLOUDABI_RIGHT_FILE_LINK_SOURCE
#define CAP_LINKAT_TARGET CLOUDABI_RIGHT_FILE_LINK_TARGET
#define CAP_MKDIRAT CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY
#define CAP_RENAMEAT_SOURCE CLOUDABI_RIGHT_FILE_RENAME_SOURCE
#define CAP_RENAMEAT_TARGET CLOUDABI_RIGHT_FILE_RENAME_TARGET
#define CAP_SYMLINKAT CLOUDABI_RIGHT_FILE_SYMLINK
#define CAP_UNLINKAT CLOUDABI_RIGHT_FILE_UNLINK

/* Mappings; none is both writable and executable. */
#define CAP_MMAP CLOUDABI_RIGHT_MEM_MAP
#define CAP_MMAP_R (CAP_MMAP | CAP_SEEK | CAP_READ)
#define CAP_MMAP_W (CAP_MMAP | CAP_SEEK | CAP_WRITE)
#define CAP_MMAP_X (CAP_MMAP | CAP_SEEK | CLOUDABI_RIGHT_MEM_MAP_EXEC)
#define CAP_MMAP_RW (CAP_MMAP_R | CAP_MMAP_W)
#define CAP_MMAP_RX (CAP_MMAP_R | CAP_MMAP_X)

/* Programs and sockets. */
#define CAP_FEXECVE CLOUDABI_RIGHT_PROC_EXEC
#define CAP_ACCEPT CLOUDABI_RIGHT_SOCK_ACCEPT
#define CAP_RECV CAP_READ
#define CAP_SEND CAP_WRITE
#define CAP_SHUTDOWN CLOUDABI_RIGHT_SOCK_SHUTDOWN

/* Rights are given to the functions below as one argument or several; 0 is no right. These two
 * change a whole set. FreeBSD. */
#define CAP_ALL(rights) ((void)((rights)->__bits = ~UINT64_C(0)))
#define CAP_NONE(rights) ((void)((rights)->__bits = 0))

/* Make `*rights` the set of the rights named, add them, take them out: each returns `rights`. The
 * last tells whether all of them are in it. None can fail. */
cap_rights_t *__cap_rights_init(cap_rights_t *rights, ...);
cap_rights_t *__cap_rights_set(cap_rights_t *rights, ...);
cap_rights_t *__cap_rights_clear(cap_rights_t *rights, ...);
bool __cap_rights_is_set(const cap_rights_t *rights, ...);
#define __CAP_RIGHTS_END (~UINT64_C(0))
#define cap_rights_init(...) __cap_rights_init(__VA_ARGS__, __CAP_RIGHTS_END)
#define cap_rights_set(...) __cap_rights_set(__VA_ARGS__, __CAP_RIGHTS_END)
#define cap_rights_clear(...) __cap_rights_clear(__VA_ARGS__, __CAP_RIGHTS_END)
#define cap_rights_is_set(...) __cap_rights_is_set(__VA_ARGS__, __CAP_RIGHTS_END)

/* Whether `big` has every right of `little`. */
bool cap_rights_contains(const cap_rights_t *big, const cap_rights_t *little);

/* Adds the rights of `source` to `*target`, or takes them out of it; returns `target`. */
cap_rights_t *cap_rights_merge(cap_rights_t *target, const cap_rights_t *source);
cap_rights_t *cap_rights_remove(cap_rights_t *target, const cap_rights_t *source);

/* Narrows the descriptor's own rights to `*rights`, and what it passes on to those of `*rights`
 * that it passed on before. 0, or -1 and errno: EBADF; ENOTCAPABLE where the descriptor lacks some
 * of the rights, and nothing has changed. FreeBSD; the ABI's fd_stat_put. */
int cap_rights_limit(int fd, const cap_rights_t *rights);

/* The same with both sets stated, neither of which may grow. */
int cap_rights_limit_explicit(int fd, const cap_rights_t *base, const cap_rights_t *inheriting);

/* Stores the descriptor's own rights. 0, or -1 and errno: EBADF. FreeBSD; the ABI's fd_stat_get. */
int cap_rights_get(int fd, cap_rights_t *rights);

/* Stores both sets; either pointer may be NULL. */
int cap_rights_get_explicit(int fd, cap_rights_t *base, cap_rights_t *inheriting);

/* A program is in capability mode from its first instruction: entering it does nothing and
 * succeeds, asking for it stores 1, and the last is true. FreeBSD. */
int cap_enter(void);
int cap_getmode(unsigned *mode);
bool cap_sandboxed(void);

#ifdef __cplusplus
}
#endif

#endif
