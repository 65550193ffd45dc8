// SPDX-License-Identifier: BSD-2-Clause
// The hand-over: what whoever starts a program gives to the loader.
//
// The starter (the launcher, or proc_exec inside a running program) calls
//   execveat(loader_fd, EMPTY_PATH, {program name, "<decimal number of the hand-over>"}, {NULL},
//            AT_EMPTY_PATH)
// The hand-over is a memfd: struct handover, its fds[], then data_len bytes of argument data.
// Every descriptor named in it arrives without FD_CLOEXEC; the loader closes all others.
// The starter leaves SIGPIPE ignored, every other signal at its default action, none blocked.
#ifndef LOADER_HANDOVER_H
#define LOADER_HANDOVER_H

#include <stdint.h>

// Where "" stands for execveat: the system call filter accepts no other address. Before anything
// untrusted runs in a process, the loader puts a page there that nothing can change or remove, so
// that the call's error tells nothing about any path.
#define EMPTY_PATH UINT64_C(0x100000)
#define EMPTY_PATH_LEN 4096

#define HANDOVER_MAGIC UINT64_C(0x444e414849424143) // "CABIHAND"
#define HANDOVER_VERSION UINT32_C(2)
#define HANDOVER_NO_FD UINT32_C(0xffffffff)

#define HANDOVER_MAX_FDS UINT32_C(65536)
#define HANDOVER_MAX_TID_BASE UINT32_C(0x3fbfffff)
#define HANDOVER_MAX_DATA (UINT64_C(16) << 20)

// handover.keeper: what keeps a directory that is given away to its rights; see delegate.c.
#define HANDOVER_KEEPER_NONE 0       // nothing does
#define HANDOVER_KEEPER_MOUNTS 1     // mounts of their own, which the mounter makes
#define HANDOVER_KEEPER_SUPERVISOR 2 // strict mode

// handover_fd.flags. Only proc_exec sets OWNER and DROP.
#define HANDOVER_FD_OWNER 1 // a process descriptor whose last close kills the child
#define HANDOVER_FD_DROP 2  // takes no number: close it (and kill, with OWNER). Last in the list.

#define HANDOVER_FD_KEPT 4 // a directory that the keeper keeps to base and inheriting already

// filetype is a CLOUDABI_FILETYPE_*; 0 (UNKNOWN) asks the loader to find out. base and
// inheriting are upper bounds: the loader cuts them by the type and the open mode.
struct handover_fd {
    uint32_t source;
    uint8_t filetype;
    uint8_t flags;
    uint8_t pad[2];
    uint64_t base, inheriting;
};

// tid_base is added to Linux's thread numbers. Where the sandbox has a process name space of its
// own they begin with 1 again, and threads of two sandboxes that share memory could not be told
// apart. It is at most HANDOVER_MAX_TID_BASE, so that the sum fits into a lock with any number of
// Linux's. program_fd and loader_fd are required, status_fd may be HANDOVER_NO_FD. reserved_fd is
// HANDOVER_NO_FD from a launcher; in proc_exec it is the file that takes the whole exit code.
struct handover {
    uint64_t magic;
    uint32_t version, nfds, program_fd, loader_fd, status_fd, reserved_fd;
    uint64_t data_len;
    uint32_t keeper, tid_base;
    struct handover_fd fds[];
};

// Written once to status_fd when the program cannot be started; the loader then exits with 127.
// On success status_fd is closed before the program's first instruction: the reader sees the
// end of the stream. error is a CLOUDABI_E*, reason an enum elf_reason, text ends with NUL.
struct handover_failure {
    uint32_t error;
    uint32_t reason;
    char text[248];
};

_Static_assert(sizeof(struct handover_fd) == 24, "part of the hand-over format");
_Static_assert(sizeof(struct handover) == 48, "part of the hand-over format");
_Static_assert(sizeof(struct handover_failure) == 256, "part of the hand-over format");

#endif
