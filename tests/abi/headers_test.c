// SPDX-License-Identifier: BSD-2-Clause
// The generated headers seen from C and C++: they compile alone and together, and say what the ABI
// says. The numbers here are written down a second time on purpose.

#include "cloudabi_calls.h"
#include "cloudabi_rights.h"
#include "cloudabi_syscalls.h"
#include "cloudabi_types.h"

#define ASSERT(c) CLOUDABI_STATIC_ASSERT(c, #c)

#define ONE(name) +1
ASSERT(0 CLOUDABI_CALLS(ONE) == 51 && CLOUDABI_CALLS_COUNT == 51);
ASSERT(0 CLOUDABI_CALLS_EXTENSIONS(ONE) == 2);
ASSERT(0 CLOUDABI_CALLS_NORETURN(ONE) == 2);

ASSERT(CLOUDABI_ESUCCESS == 0 && CLOUDABI_E2BIG == 1 && CLOUDABI_EBADF == 8);
ASSERT(CLOUDABI_EINVAL == 28 && CLOUDABI_ENOSYS == 52 && CLOUDABI_ENOTCAPABLE == 76);
ASSERT(CLOUDABI_PROCESS_CHILD == 0xffffffff && CLOUDABI_MAP_ANON_FD == 0xffffffff);
ASSERT(CLOUDABI_LOCK_UNLOCKED == 0 && CLOUDABI_LOCK_WRLOCKED == 0x40000000);
ASSERT(CLOUDABI_LOCK_KERNEL_MANAGED == 0x80000000 && CLOUDABI_LOCK_BOGUS == 0x80000000);
ASSERT(CLOUDABI_CONDVAR_HAS_NO_WAITERS == 0 && CLOUDABI_DIRCOOKIE_START == 0);
ASSERT(CLOUDABI_SIGABRT == 1 && CLOUDABI_SIGKILL == 10 && CLOUDABI_SIGXFSZ == 26);
ASSERT(CLOUDABI_WHENCE_CUR == 1 && CLOUDABI_WHENCE_END == 2 && CLOUDABI_WHENCE_SET == 3);
ASSERT(CLOUDABI_PROT_EXEC == 1 && CLOUDABI_PROT_WRITE == 2 && CLOUDABI_PROT_READ == 4);
ASSERT(CLOUDABI_MAP_PRIVATE == CLOUDABI_SCOPE_PRIVATE &&
       CLOUDABI_MAP_SHARED == CLOUDABI_SCOPE_SHARED);
ASSERT(CLOUDABI_AT_ARGDATA == 256 && CLOUDABI_AT_SYSINFO_EHDR == 262 && CLOUDABI_AT_PID == 263);
ASSERT(CLOUDABI_FILETYPE_DIRECTORY == 0x20 && CLOUDABI_FILETYPE_SOCKET_STREAM == 0x82);
ASSERT(CLOUDABI_SOCK_RECV_PEEK == 4 && CLOUDABI_SOCK_RECV_FDS_TRUNCATED == 1);
ASSERT(CLOUDABI_EVENT_FD_READWRITE_HANGUP == 1 && CLOUDABI_SUBSCRIPTION_CLOCK_ABSTIME == 1);
ASSERT(CLOUDABI_RIGHT_SOCK_ACCEPT == UINT64_C(0x200000000));
ASSERT(CLOUDABI_RIGHT_SOCK_SHUTDOWN == UINT64_C(0x8000000000));
ASSERT(sizeof(CLOUDABI_RIGHT_FD_READ) == 8);

// The sets as bit numbers, straight from the specification's table.
#define B(n) (UINT64_C(1) << (n))
#define FROM_TO(a, b) ((B(b) - B(a)) | B(b))
ASSERT(CLOUDABI_RIGHTS_DIRECTORY_BASE ==
       (FROM_TO(3, 4) | B(7) | FROM_TO(9, 10) | FROM_TO(12, 19) | FROM_TO(21, 25) | B(28)));
ASSERT(CLOUDABI_RIGHTS_REGULAR_FILE_BASE ==
       (FROM_TO(0, 8) | FROM_TO(19, 21) | FROM_TO(26, 28) | B(32)));
ASSERT(CLOUDABI_RIGHTS_DIRECTORY_INHERITING ==
       (CLOUDABI_RIGHTS_DIRECTORY_BASE | CLOUDABI_RIGHTS_REGULAR_FILE_BASE));
ASSERT(CLOUDABI_RIGHTS_SHARED_MEMORY_BASE == (B(1) | B(6) | FROM_TO(19, 20) | FROM_TO(26, 27)));
ASSERT(CLOUDABI_RIGHTS_SOCKET_BASE == (B(1) | B(3) | B(6) | B(19) | B(28) | B(39)));
ASSERT(CLOUDABI_RIGHTS_TERMINAL_BASE == (B(1) | B(3) | B(6) | B(19) | B(28)));
ASSERT(CLOUDABI_RIGHTS_PROCESS_BASE == (B(19) | B(30)));
ASSERT(CLOUDABI_RIGHTS_LISTENING_SOCKET_BASE == (B(1) | B(3) | B(19) | B(28) | B(33)));
ASSERT(CLOUDABI_RIGHTS_ALL == (FROM_TO(0, 10) | FROM_TO(12, 28) | B(30) | FROM_TO(32, 33) | B(39)));

// Every member by the name the ABI gives it.
uint64_t use(const cloudabi_event_t *e, const cloudabi_subscription_t *s, const cloudabi_auxv_t *a,
             cloudabi_lookup_t l);
uint64_t use(const cloudabi_event_t *e, const cloudabi_subscription_t *s, const cloudabi_auxv_t *a,
             cloudabi_lookup_t l) {
    cloudabi_rights_t base, inheriting;
    cloudabi_rights_max(CLOUDABI_FILETYPE_DIRECTORY, &base, &inheriting);
    return e->fd_readwrite.nbytes + e->fd_readwrite.flags + e->proc_terminate.exitcode +
           e->proc_terminate.signal + s->clock.identifier + s->clock.clock_id + s->clock.timeout +
           s->clock.precision + s->clock.flags + s->condvar.condvar_scope + s->condvar.lock_scope +
           (s->condvar.lock == s->lock.lock) + (s->condvar.condvar != NULL) + s->lock.lock_scope +
           s->fd_readwrite.fd + s->fd_readwrite.flags + s->proc_terminate.fd + a->a_type +
           a->a_val + (a->a_ptr != NULL) + l.fd + l.flags + base + inheriting;
}

// A stub and a table for each call, made from the lists alone.
#define STUB(name, count, ret, params, names)                                                      \
    ret stub_##name params;                                                                        \
    ret stub_##name params {                                                                       \
        return cloudabi_sys_##name names;                                                          \
    }
#define STUB_NORETURN(name, count, ret, params, names)                                             \
    CLOUDABI_NORETURN ret stub_##name params;                                                      \
    ret stub_##name params {                                                                       \
        cloudabi_sys_##name names;                                                                 \
    }
CLOUDABI_CALLS_FULL(STUB)
CLOUDABI_CALLS_FULL_NORETURN(STUB_NORETURN)

#define NAME(name) "cloudabi_sys_" #name,
extern const char *const names[];
const char *const names[] = {CLOUDABI_CALLS(NAME)};
ASSERT(sizeof(names) == CLOUDABI_CALLS_COUNT * sizeof(char *));

// The prototypes, said again in full for calls with ranges, structures by value and several
// results.
#ifndef __cplusplus
#define SAME(name, ...)                                                                            \
    ASSERT(_Generic(&cloudabi_sys_##name, cloudabi_errno_t(*)(__VA_ARGS__) : 1, default : 0))
SAME(fd_pread, cloudabi_fd_t, const cloudabi_iovec_t *, size_t, cloudabi_filesize_t, size_t *);
SAME(file_open, cloudabi_lookup_t, const char *, size_t, cloudabi_oflags_t,
     const cloudabi_fdstat_t *, cloudabi_fd_t *);
SAME(file_link, cloudabi_lookup_t, const char *, size_t, cloudabi_fd_t, const char *, size_t);
SAME(mem_map, void *, size_t, cloudabi_mprot_t, cloudabi_mflags_t, cloudabi_fd_t,
     cloudabi_filesize_t, void **);
SAME(poll, const cloudabi_subscription_t *, cloudabi_event_t *, size_t, size_t *);
SAME(proc_exec, cloudabi_fd_t, const void *, size_t, const cloudabi_fd_t *, size_t);
SAME(proc_fork, cloudabi_fd_t *, cloudabi_tid_t *);
SAME(condvar_signal, _Atomic(cloudabi_condvar_t) *, cloudabi_scope_t, cloudabi_nthreads_t);
SAME(sock_accept, cloudabi_fd_t, void *, cloudabi_fd_t *);
SAME(thread_yield, void);
#endif
