// SPDX-License-Identifier: BSD-2-Clause
// The binary interface, typed in by hand and not from abi/: a mistake there must show here.
#ifndef ORIGINAL_ABI_H
#define ORIGINAL_ABI_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint16_t error_t;

enum {
    E2BIG = 1,
    EACCES = 2,
    EAGAIN = 6,
    EBADF = 8,
    ECHILD = 12,
    EDEADLK = 16,
    EEXIST = 20,
    EINVAL = 28,
    EISDIR = 31,
    ELOOP = 32,
    ENOENT = 44,
    ENOEXEC = 45,
    ENOSYS = 52,
    ENOTDIR = 54,
    ENOTEMPTY = 55,
    ENOTSOCK = 57,
    ENOTSUP = 58,
    EPERM = 63,
    EPIPE = 64,
    ESPIPE = 70,
    ENOTCAPABLE = 76,
};

enum {
    AUX_NULL = 0,
    AUX_PHDR = 3,
    AUX_PHNUM = 4,
    AUX_PAGESZ = 6,
    AUX_BASE = 7,
    AUX_ARGDATA = 256,
    AUX_ARGDATALEN = 257,
    AUX_CANARY = 258,
    AUX_CANARYLEN = 259,
    AUX_NCPUS = 260,
    AUX_TID = 261,
    AUX_SYSINFO_EHDR = 262,
    AUX_PID = 263,
};

struct auxv {
    uint32_t type;
    union {
        size_t value;
        void *pointer;
    };
};

enum { CLOCK_MONOTONIC = 1, CLOCK_REALTIME = 3 };
enum { EVENT_CLOCK = 1, EVENT_CONDVAR, EVENT_FD_READ, EVENT_FD_WRITE };
enum { EVENT_LOCK_RDLOCK = 5, EVENT_LOCK_WRLOCK, EVENT_PROC_TERMINATE };
enum { TYPE_DIRECTORY = 0x20, TYPE_PROCESS = 0x50, TYPE_FILE = 0x60, TYPE_MEMORY = 0x70 };
enum { TYPE_DGRAM = 0x80, TYPE_STREAM = 0x82, TYPE_LINK = 0x90 };
enum { SCOPE_PRIVATE = 4, SCOPE_SHARED = 8 };
enum { WHENCE_CUR = 1, WHENCE_END = 2, WHENCE_SET = 3 };
enum { FLAG_APPEND = 1, FLAG_NONBLOCK = 4 };
enum { STAT_FLAGS = 1, STAT_RIGHTS = 2 };
enum { FILE_ATIM = 1, FILE_ATIM_NOW = 2, FILE_MTIM = 4, FILE_MTIM_NOW = 8, FILE_SIZE = 16 };
enum { MAP_ANON = 1, MAP_FIXED = 2, MAP_PRIVATE = 4, MAP_SHARED = 8 };
enum { PROT_EXEC = 1, PROT_WRITE = 2, PROT_READ = 4 };
enum { SYNC_ASYNC = 1, SYNC_SYNC = 4 };
enum { OPEN_CREAT = 1, OPEN_DIRECTORY = 2, OPEN_EXCL = 4, OPEN_TRUNC = 8 };
enum { SHUT_RD = 1, SHUT_WR = 2 };
enum { ADVICE_NORMAL = 3, ADVICE_WILLNEED = 6 };
enum { SIG_ABRT = 1, SIG_KILL = 10, SIG_SEGV = 13 };
enum { POLL_OBSOLETE = 1 }; // set by the original's callers, ignored by every implementation
enum { REMOVEDIR = 1, FOLLOW = 1, ABSTIME = 1, HANGUP = 1 };

#define CHILD UINT32_MAX
#define NO_FD UINT32_MAX
#define WRLOCKED UINT32_C(0x40000000)
#define MANAGED UINT32_C(0x80000000)
#define BOGUS UINT32_C(0x80000000)

#define RIGHT_FD_READ UINT64_C(0x2)
#define RIGHT_FD_SEEK UINT64_C(0x4)
#define RIGHT_FD_TELL UINT64_C(0x20)
#define RIGHT_FD_WRITE UINT64_C(0x40)
#define RIGHT_FILE_OPEN UINT64_C(0x4000)
#define RIGHT_FILE_READDIR UINT64_C(0x8000)
#define RIGHT_FILE_STAT_FGET UINT64_C(0x80000)
#define RIGHT_POLL UINT64_C(0x10000000)
#define RIGHT_POLL_TERMINATE UINT64_C(0x40000000)
#define RIGHT_PROC_EXEC UINT64_C(0x100000000)
#define RIGHT_SHUTDOWN UINT64_C(0x8000000000)
// What openat() of the original asked for besides what the access mode adds.
#define RIGHTS_ALWAYS                                                                              \
    (~UINT64_C(0) ^ (UINT64_C(0x1) | RIGHT_FD_READ | RIGHT_FD_WRITE | UINT64_C(0x100) |            \
                     RIGHT_FILE_READDIR | UINT64_C(0x100000) | UINT64_C(0x8000000)))
#define RIGHTS_READING (RIGHT_FD_READ | RIGHT_FILE_READDIR | UINT64_C(0x8000000))
#define RIGHTS_WRITING (UINT64_C(0x1) | RIGHT_FD_WRITE | UINT64_C(0x100) | UINT64_C(0x100000))

struct vec {
    const void *data;
    size_t len;
};

struct dirent {
    uint64_t next, inode;
    uint32_t name_len;
    uint8_t type;
};

struct fdstat {
    uint8_t type;
    uint16_t flags;
    uint64_t base, inheriting;
};

struct filestat {
    uint64_t dev, ino;
    uint8_t type;
    uint32_t nlink;
    uint64_t size, atim, mtim, ctim;
};

struct lookup {
    uint32_t fd, flags;
};

struct recv_in {
    const struct vec *data;
    size_t data_len;
    uint32_t *fds;
    size_t fds_len;
    uint16_t flags;
};

struct recv_out {
    size_t data_len, fds_len;
    char unused[40];
    uint16_t flags;
};

struct send_in {
    const struct vec *data;
    size_t data_len;
    const uint32_t *fds;
    size_t fds_len;
    uint16_t flags;
};

struct send_out {
    size_t data_len;
};

struct subscription {
    uint64_t userdata;
    uint16_t unused;
    uint8_t type;
    union {
        struct {
            uint64_t identifier;
            uint32_t clock;
            uint64_t timeout, precision;
            uint16_t flags;
        } clock;
        struct {
            _Atomic(uint32_t) *condvar, *lock;
            uint8_t condvar_scope, lock_scope;
        } condvar;
        struct {
            uint32_t fd;
            uint16_t flags;
        } fd;
        struct {
            _Atomic(uint32_t) *lock;
            uint8_t scope;
        } lock;
    };
};

struct event {
    uint64_t userdata;
    error_t error;
    uint8_t type;
    union {
        struct {
            uint64_t nbytes;
            char unused[4];
            uint16_t flags;
        } fd;
        struct {
            char unused[4];
            uint8_t signal;
            uint32_t exitcode;
        } terminate;
    };
};

struct tcb {
    void *parent;
};

struct threadattr {
    void (*entry)(uint32_t tid, void *argument);
    void *stack;
    size_t stack_len;
    void *argument;
};

#define SIZE_IS(type, size) _Static_assert(sizeof(struct type) == (size), "as the ABI says")
#define AT_OFFSET(type, member, offset)                                                            \
    _Static_assert(offsetof(struct type, member) == (offset), "as the ABI says")
SIZE_IS(auxv, 16);
SIZE_IS(dirent, 24);
SIZE_IS(fdstat, 24);
SIZE_IS(filestat, 56);
AT_OFFSET(filestat, nlink, 20);
SIZE_IS(recv_in, 40);
SIZE_IS(recv_out, 64);
AT_OFFSET(recv_out, flags, 56);
SIZE_IS(send_in, 40);
SIZE_IS(subscription, 56);
AT_OFFSET(subscription, clock.flags, 48);
AT_OFFSET(subscription, condvar.condvar_scope, 32);
AT_OFFSET(subscription, lock.scope, 24);
SIZE_IS(event, 32);
AT_OFFSET(event, fd.flags, 28);
AT_OFFSET(event, terminate.signal, 20);
AT_OFFSET(event, terminate.exitcode, 24);
SIZE_IS(threadattr, 32);

// X(name, parameters, arguments): the calls that return an error, in the order of their numbers.
#define CALLS_RETURNING(X)                                                                         \
    X(clock_res_get, (uint32_t clock, uint64_t * resolution), (clock, resolution))                 \
    X(clock_time_get, (uint32_t clock, uint64_t precision, uint64_t * time),                       \
      (clock, precision, time))                                                                    \
    X(condvar_signal, (_Atomic(uint32_t) *condvar, uint8_t scope, uint32_t n),                     \
      (condvar, scope, n))                                                                         \
    X(fd_close, (uint32_t fd), (fd))                                                               \
    X(fd_create1, (uint8_t type, uint32_t * fd), (type, fd))                                       \
    X(fd_create2, (uint8_t type, uint32_t * fd1, uint32_t * fd2), (type, fd1, fd2))                \
    X(fd_datasync, (uint32_t fd), (fd))                                                            \
    X(fd_dup, (uint32_t from, uint32_t * fd), (from, fd))                                          \
    X(fd_pread, (uint32_t fd, const struct vec *v, size_t n, uint64_t offset, size_t *nread),      \
      (fd, v, n, offset, nread))                                                                   \
    X(fd_pwrite, (uint32_t fd, const struct vec *v, size_t n, uint64_t offset, size_t *nwritten),  \
      (fd, v, n, offset, nwritten))                                                                \
    X(fd_read, (uint32_t fd, const struct vec *v, size_t n, size_t *nread), (fd, v, n, nread))     \
    X(fd_replace, (uint32_t from, uint32_t to), (from, to))                                        \
    X(fd_seek, (uint32_t fd, int64_t offset, uint8_t whence, uint64_t * to),                       \
      (fd, offset, whence, to))                                                                    \
    X(fd_stat_get, (uint32_t fd, struct fdstat * buf), (fd, buf))                                  \
    X(fd_stat_put, (uint32_t fd, const struct fdstat *buf, uint16_t flags), (fd, buf, flags))      \
    X(fd_sync, (uint32_t fd), (fd))                                                                \
    X(fd_write, (uint32_t fd, const struct vec *v, size_t n, size_t *nwritten),                    \
      (fd, v, n, nwritten))                                                                        \
    X(file_advise, (uint32_t fd, uint64_t offset, uint64_t len, uint8_t advice),                   \
      (fd, offset, len, advice))                                                                   \
    X(file_allocate, (uint32_t fd, uint64_t offset, uint64_t len), (fd, offset, len))              \
    X(file_create, (uint32_t fd, const char *path, size_t len, uint8_t type),                      \
      (fd, path, len, type))                                                                       \
    X(file_link,                                                                                   \
      (struct lookup fd1, const char *path1, size_t len1, uint32_t fd2, const char *path2,         \
       size_t len2),                                                                               \
      (fd1, path1, len1, fd2, path2, len2))                                                        \
    X(file_open,                                                                                   \
      (struct lookup dir, const char *path, size_t len, uint16_t oflags, const struct fdstat *as,  \
       uint32_t *fd),                                                                              \
      (dir, path, len, oflags, as, fd))                                                            \
    X(file_readdir, (uint32_t fd, void *buf, size_t len, uint64_t cookie, size_t *used),           \
      (fd, buf, len, cookie, used))                                                                \
    X(file_readlink,                                                                               \
      (uint32_t fd, const char *path, size_t len, char *buf, size_t buf_len, size_t *used),        \
      (fd, path, len, buf, buf_len, used))                                                         \
    X(file_rename,                                                                                 \
      (uint32_t fd1, const char *path1, size_t len1, uint32_t fd2, const char *path2,              \
       size_t len2),                                                                               \
      (fd1, path1, len1, fd2, path2, len2))                                                        \
    X(file_stat_fget, (uint32_t fd, struct filestat * buf), (fd, buf))                             \
    X(file_stat_fput, (uint32_t fd, const struct filestat *buf, uint16_t flags), (fd, buf, flags)) \
    X(file_stat_get, (struct lookup fd, const char *path, size_t len, struct filestat *buf),       \
      (fd, path, len, buf))                                                                        \
    X(file_stat_put,                                                                               \
      (struct lookup fd, const char *path, size_t len, const struct filestat *buf,                 \
       uint16_t flags),                                                                            \
      (fd, path, len, buf, flags))                                                                 \
    X(file_symlink, (const char *path1, size_t len1, uint32_t fd, const char *path2, size_t len2), \
      (path1, len1, fd, path2, len2))                                                              \
    X(file_unlink, (uint32_t fd, const char *path, size_t len, uint8_t flags),                     \
      (fd, path, len, flags))                                                                      \
    X(lock_unlock, (_Atomic(uint32_t) *lock, uint8_t scope), (lock, scope))                        \
    X(mem_advise, (void *at, size_t len, uint8_t advice), (at, len, advice))                       \
    X(mem_map,                                                                                     \
      (void *at, size_t len, uint8_t prot, uint8_t flags, uint32_t fd, uint64_t offset,            \
       void **mem),                                                                                \
      (at, len, prot, flags, fd, offset, mem))                                                     \
    X(mem_protect, (void *at, size_t len, uint8_t prot), (at, len, prot))                          \
    X(mem_sync, (void *at, size_t len, uint8_t flags), (at, len, flags))                           \
    X(mem_unmap, (void *at, size_t len), (at, len))                                                \
    X(poll, (const struct subscription *in, struct event *out, size_t n, size_t *nevents),         \
      (in, out, n, nevents))                                                                       \
    X(proc_exec, (uint32_t fd, const void *data, size_t len, const uint32_t *fds, size_t fds_len), \
      (fd, data, len, fds, fds_len))                                                               \
    X(proc_fork, (uint32_t * fd, uint32_t * tid), (fd, tid))                                       \
    X(proc_raise, (uint8_t signal), (signal))                                                      \
    X(random_get, (void *buf, size_t len), (buf, len))                                             \
    X(sock_recv, (uint32_t fd, const struct recv_in *in, struct recv_out *out), (fd, in, out))     \
    X(sock_send, (uint32_t fd, const struct send_in *in, struct send_out *out), (fd, in, out))     \
    X(sock_shutdown, (uint32_t fd, uint8_t how), (fd, how))                                        \
    X(thread_create, (struct threadattr * attr, uint32_t * tid), (attr, tid))                      \
    X(thread_yield, (void), ())

#define CALLS_ENDING(X)                                                                            \
    X(proc_exit, (uint32_t code), (code))                                                          \
    X(thread_exit, (_Atomic(uint32_t) *lock, uint8_t scope), (lock, scope))

// What earlier versions had besides: v0.1 to v0.15.
#define CALLS_RETIRED(X)                                                                           \
    X(mem_lock)                                                                                    \
    X(mem_unlock)                                                                                  \
    X(poll_fd) X(sock_bind) X(sock_connect) X(sock_listen) X(sock_stat_get) X(thread_tcb_set)

#define DECLARE_RETURNING(name, parameters, arguments) error_t cloudabi_sys_##name parameters;
#define DECLARE_ENDING(name, parameters, arguments) _Noreturn void cloudabi_sys_##name parameters;
CALLS_RETURNING(DECLARE_RETURNING)
CALLS_ENDING(DECLARE_ENDING)

#endif
