// SPDX-License-Identifier: BSD-2-Clause
// The only door to Linux: system call wrappers and the kernel's types that its own headers do not
// give to freestanding programs. Which calls and arguments pass is runtime/sandbox/seccomp.toml's.
#ifndef LOADER_LINUX_H
#define LOADER_LINUX_H

#include <asm/errno.h>
#include <asm/poll.h>
#include <asm/prctl.h>
#include <asm/siginfo.h>
#include <asm/signal.h>
#include <asm/stat.h>
#include <asm/unistd.h>
#include <linux/close_range.h>
#include <linux/fadvise.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/uio.h>
#include <linux/wait.h>
#include <stddef.h>
#include <stdint.h>

// As returned: a result, or -errno.
typedef long linux_result;

static inline linux_result linux_call6(long number, long a, long b, long c, long d, long e,
                                       long f) {
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

// For calls of which the filter looks at no argument: the other registers keep what they hold.
static inline linux_result linux_bare3(long number, long a, long b, long c) {
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c)
                     : "rcx", "r11", "memory");
    return result;
}

static inline linux_result linux_bare4(long number, long a, long b, long c, long d) {
    register long r10 __asm__("r10") = d;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
}

#define LINUX_PICK(_0, _1, _2, _3, _4, _5, _6, name, ...) name
#define LINUX_CALL0(n) linux_call6(__NR_##n, 0, 0, 0, 0, 0, 0)
#define LINUX_CALL1(n, a) linux_call6(__NR_##n, (long)(a), 0, 0, 0, 0, 0)
#define LINUX_CALL2(n, a, b) linux_call6(__NR_##n, (long)(a), (long)(b), 0, 0, 0, 0)
#define LINUX_CALL3(n, a, b, c) linux_call6(__NR_##n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define LINUX_CALL4(n, a, b, c, d)                                                                 \
    linux_call6(__NR_##n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define LINUX_CALL5(n, a, b, c, d, e)                                                              \
    linux_call6(__NR_##n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define LINUX_CALL6(n, a, b, c, d, e, f)                                                           \
    linux_call6(__NR_##n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
// LINUX(name, arguments...): at most six; unused ones are zero, so that the filter can check them.
#define LINUX(...)                                                                                 \
    LINUX_PICK(__VA_ARGS__, LINUX_CALL6, LINUX_CALL5, LINUX_CALL4, LINUX_CALL3, LINUX_CALL2,       \
               LINUX_CALL1, LINUX_CALL0)                                                           \
    (__VA_ARGS__)

// What fork and thread creation pass to clone; the filter accepts these two values only.
#define LINUX_CLONE_FORK (CLONE_PIDFD | CLONE_CHILD_SETTID | SIGCHLD)
#define LINUX_CLONE_THREAD                                                                         \
    (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |            \
     CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

// Newer than the kernel headers of some systems this is built on.
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif
#ifndef __NR_mseal
#define __NR_mseal 462
#endif
#define LINUX_PIDFD_SELF_THREAD_GROUP (-10001)

#define LINUX_PATH_MAX 4096
#define LINUX_IOV_MAX 1024

// include/linux/socket.h keeps these to the kernel.
struct linux_msghdr {
    void *msg_name;
    int msg_namelen;
    struct iovec *msg_iov;
    size_t msg_iovlen;
    void *msg_control;
    size_t msg_controllen;
    unsigned msg_flags;
};

struct linux_cmsghdr {
    size_t cmsg_len;
    int cmsg_level;
    int cmsg_type;
};

#define LINUX_AF_UNIX 1
#define LINUX_SOCK_STREAM 1
#define LINUX_SOCK_SEQPACKET 5
#define LINUX_SOCK_CLOEXEC 02000000
#define LINUX_SOL_SOCKET 1
#define LINUX_SO_TYPE 3
#define LINUX_SO_ACCEPTCONN 30
#define LINUX_SCM_RIGHTS 1
#define LINUX_SCM_MAX_FD 253
#define LINUX_MSG_PEEK 0x2
#define LINUX_MSG_CTRUNC 0x8
#define LINUX_MSG_TRUNC 0x20
#define LINUX_MSG_WAITALL 0x100
#define LINUX_MSG_NOSIGNAL 0x4000
#define LINUX_MSG_CMSG_CLOEXEC 0x40000000
#define LINUX_SHUT_RD 0
#define LINUX_SHUT_WR 1
#define LINUX_SHUT_RDWR 2
#define LINUX_CLD_EXITED 1
#define LINUX_DT_FIFO 1
#define LINUX_DT_CHR 2
#define LINUX_DT_DIR 4
#define LINUX_DT_BLK 6
#define LINUX_DT_REG 8
#define LINUX_DT_LNK 10
#define LINUX_DT_SOCK 12

struct linux_dirent64 {
    uint64_t d_ino;
    int64_t d_off;
    unsigned short d_reclen;
    unsigned char d_type;
    char d_name[];
};

#endif
