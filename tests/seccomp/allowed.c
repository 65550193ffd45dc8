// SPDX-License-Identifier: BSD-2-Clause
// What must work under the filter: every Linux call of the table at least once, for real.
#include "attempts.h"

#include <asm/prctl.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/openat2.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

#include "seccomp_filter.h"

// Newer than some C library's headers.
#ifndef SYS_mseal
#define SYS_mseal 462
#endif

#define P(x) ((long)(x))

static char bytes[64];
static const struct iovec part = {bytes, 4};
static struct stat status;
static struct timespec when;
static const struct timespec soon = {0, 1000};
static const struct timespec past = {1, 0};
static unsigned word;
static const struct open_how read_only = {.flags = O_RDONLY | O_CLOEXEC};
static struct pollfd ready = {FD_STREAM, POLLIN, 0};
static struct msghdr message = {.msg_iov = (struct iovec *)&part, .msg_iovlen = 1};
static int option, pair[2];
static socklen_t option_size = sizeof option;
static siginfo_t child;
static cpu_set_t processors;
static char *const arguments[] = {"program", NULL};
static char *const environment[] = {NULL};
static char dents[512];

#define ANONYMOUS (MAP_PRIVATE | MAP_ANONYMOUS)

static long call(long number, long a, long b, long c, long d) {
    return raw(number, (const long[6]){a, b, c, d});
}

// A thread that ends at once. It must not touch memory: its stack is made up.
static long thread(void) {
    static char stack[4096] __attribute__((aligned(16)));
    static int tid;
    long result;
    register long child_tid __asm__("r10") = P(&tid);
    register long tls __asm__("r8") = P(stack);
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\t"
                     "mov %3, %%eax\n\txor %%edi, %%edi\n\tsyscall\n1:"
                     : "=a"(result)
                     : "0"((long)SYS_clone), "D"((long)CLOUDABI_LINUX_CLONE_THREAD_FLAGS),
                       "i"(SYS_exit), "S"(stack + sizeof stack), "d"(&tid), "r"(child_tid), "r"(tls)
                     : "rcx", "r11", "memory");
    return result > 0 && result == tid ? DONE : result;
}

// A child process with a descriptor: end it, then collect it.
static long fork_kill_wait(void) {
    static int pidfd, tid;
    long pid =
        raw(SYS_clone, (const long[6]){CLOUDABI_LINUX_CLONE_FORK_FLAGS, 0, P(&pidfd), P(&tid)});
    if (pid == 0)
        for (;;)
            call(SYS_ppoll, 0, 0, 0, 0);
    if (pid < 0)
        return pid;
    long result = call(SYS_pidfd_send_signal, pidfd, SIGKILL, 0, 0);
    if (result == 0)
        result = call(SYS_waitid, P_PIDFD, pidfd, P(&child), WEXITED);
    return result == 0 && child.si_status == SIGKILL ? DONE : result;
}

// Descriptors pass between processes inside messages.
static long pass_descriptor(void) {
    static char control[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8)));
    struct msghdr m = {.msg_iov = (struct iovec *)&part, .msg_iovlen = 1};
    m.msg_control = control;
    m.msg_controllen = sizeof control;
    struct cmsghdr *head = CMSG_FIRSTHDR(&m);
    *head = (struct cmsghdr){CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
    *(int *)CMSG_DATA(head) = FD_FILE;
    long result = call(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, P(pair));
    if (result == 0)
        result = call(SYS_sendmsg, pair[0], P(&m), MSG_NOSIGNAL, 0);
    if (result == 4)
        result = call(SYS_recvmsg, pair[1], P(&m), MSG_CMSG_CLOEXEC, 0);
    if (result != 4)
        return result;
    return call(SYS_fstat, *(int *)CMSG_DATA(head), P(&status), 0, 0) == 0 ? DONE : -EBADF;
}

static long memory_file(void) {
    long fd = call(SYS_memfd_create, P(""), 1 | 8, 0, 0);
    long result = fd < 0 ? fd : call(SYS_ftruncate, fd, 4096, 0, 0);
    return result < 0 ? result : call(SYS_fcntl, fd, F_ADD_SEALS, F_SEAL_SHRINK, 0);
}

// Memory that is written, then made executable, then given back.
static long code(void) {
    long page = raw(SYS_mmap, (const long[6]){0, 4096, PROT_READ | PROT_WRITE, ANONYMOUS, -1, 0});
    if (page < 0)
        return page;
    *(unsigned char *)page = 0xc3;
    long result = call(SYS_mprotect, page, 4096, PROT_READ | PROT_EXEC, 0);
    if (result < 0)
        return result;
    ((void (*)(void))page)();
    return call(SYS_munmap, page, 4096, 0, 0);
}

// To the value it has, which the C library keeps in the thread's first word.
static long thread_register(void) {
    long base;
    __asm__("mov %%fs:0, %0" : "=r"(base));
    return call(SYS_arch_prctl, ARCH_SET_FS, base, 0, 0);
}

const struct attempt allowed[] = {
    {"read", 4, SYS_read, {FD_STREAM, P(bytes), 4}, NULL},
    {"readv", 4, SYS_readv, {FD_STREAM, P(&part), 1}, NULL},
    {"write", 4, SYS_write, {FD_STREAM, P(bytes), 4}, NULL},
    {"writev", 4, SYS_writev, {FD_STREAM, P(&part), 1}, NULL},
    {"pread64", 4, SYS_pread64, {FD_FILE, P(bytes), 4, 0}, NULL},
    {"pwrite64", 4, SYS_pwrite64, {FD_FILE, P(bytes), 4, 0}, NULL},
    {"preadv", 4, SYS_preadv, {FD_FILE, P(&part), 1, 0, 0}, NULL},
    {"pwritev", 4, SYS_pwritev, {FD_FILE, P(&part), 1, 0, 0}, NULL},
    {"lseek", 7, SYS_lseek, {FD_FILE, 7, SEEK_SET}, NULL},
    {"close", 0, SYS_close, {FD_FILE}, NULL},
    {"fstat", 0, SYS_fstat, {FD_FILE, P(&status)}, NULL},
    {"fsync", 0, SYS_fsync, {FD_FILE}, NULL},
    {"fdatasync", 0, SYS_fdatasync, {FD_FILE}, NULL},
    {"ftruncate", 0, SYS_ftruncate, {FD_FILE, 4096}, NULL},
    {"fallocate", 0, SYS_fallocate, {FD_MEMORY, 0, 0, 8192}, NULL},
    {"fadvise64", 0, SYS_fadvise64, {FD_FILE, 0, 0, 1}, NULL},
    {"fcntl F_DUPFD_CLOEXEC", DONE, SYS_fcntl, {FD_FILE, F_DUPFD_CLOEXEC, 0}, NULL},
    {"fcntl F_SETFD", 0, SYS_fcntl, {FD_FILE, F_SETFD, 0}, NULL},
    {"fcntl F_GETFL", DONE, SYS_fcntl, {FD_FILE, F_GETFL}, NULL},
    {"fcntl F_SETFL", 0, SYS_fcntl, {FD_STREAM, F_SETFL, O_RDWR | O_NONBLOCK}, NULL},
    {"fcntl F_GET_SEALS", DONE, SYS_fcntl, {FD_MEMORY, F_GET_SEALS}, NULL},
    {"dup3", 200, SYS_dup3, {FD_FILE, 200, O_CLOEXEC}, NULL},
    {"close_range", 0, SYS_close_range, {FD_FILE, FD_FILE, 4}, NULL},
    {"memory file, sized and sealed", 0, 0, {0}, memory_file},
    {"code made of data", 0, 0, {0}, code},
    {"shared mapping", DONE, SYS_mmap, {0, 4096, 3, MAP_SHARED, FD_MEMORY, 0}, NULL},
    {"msync", -ENOMEM, SYS_msync, {4096, 4096, MS_SYNC}, NULL},
    {"madvise", -ENOMEM, SYS_madvise, {4096, 4096, MADV_DONTNEED}, NULL},
    {"openat2", DONE, SYS_openat2, {FD_DIRECTORY, P("file"), P(&read_only), 24}, NULL},
    {"getdents64", DONE, SYS_getdents64, {FD_DIRECTORY, P(dents), sizeof dents}, NULL},
    {"mkdirat", 0, SYS_mkdirat, {FD_DIRECTORY, P("directory"), 0777}, NULL},
    {"unlinkat", 0, SYS_unlinkat, {FD_DIRECTORY, P("directory"), AT_REMOVEDIR}, NULL},
    {"symlinkat", 0, SYS_symlinkat, {P("target"), FD_DIRECTORY, P("link")}, NULL},
    {"readlinkat", 6, SYS_readlinkat, {FD_DIRECTORY, P("link"), P(bytes), 64}, NULL},
    {"renameat", 0, SYS_renameat, {FD_DIRECTORY, P("link"), FD_DIRECTORY, P("link2")}, NULL},
    {"linkat", 0, SYS_linkat, {FD_DIRECTORY, P("file"), FD_DIRECTORY, P("second"), 0}, NULL},
    {"newfstatat", 0, SYS_newfstatat, {FD_DIRECTORY, P("file"), P(&status), 0}, NULL},
    {"utimensat", 0, SYS_utimensat, {FD_DIRECTORY, P("file"), 0, 0}, NULL},
    {"ppoll", 1, SYS_ppoll, {P(&ready), 1, P(&soon), 0, 0}, NULL},
    {"clock_gettime", 0, SYS_clock_gettime, {CLOCK_MONOTONIC, P(&when)}, NULL},
    {"clock_getres", 0, SYS_clock_getres, {CLOCK_REALTIME, P(&when)}, NULL},
    {"clock_nanosleep", 0, SYS_clock_nanosleep, {CLOCK_MONOTONIC, 0, P(&soon), 0}, NULL},
    {"futex wake", 0, SYS_futex, {P(&word), FUTEX_WAKE_PRIVATE, 1}, NULL},
    {"futex wait until",
     -ETIMEDOUT,
     SYS_futex,
     {P(&word), FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 0, P(&past), 0, -1},
     NULL},
    {"futex requeue", 0, SYS_futex, {P(&word), FUTEX_REQUEUE, 0, INT_MAX, P(&word)}, NULL},
    {"futex wait shared", -EAGAIN, SYS_futex, {P(&word), FUTEX_WAIT, 1, 0}, NULL},
    {"sched_yield", 0, SYS_sched_yield, {0}, NULL},
    {"sched_getaffinity",
     DONE,
     SYS_sched_getaffinity,
     {0, sizeof processors, P(&processors)},
     NULL},
    {"gettid", DONE, SYS_gettid, {0}, NULL},
    {"getrandom", 64, SYS_getrandom, {P(bytes), 64, 0}, NULL},
    {"arch_prctl ARCH_SET_FS", 0, 0, {0}, thread_register},
    {"prctl PR_SET_PDEATHSIG", 0, SYS_prctl, {PR_SET_PDEATHSIG, SIGKILL}, NULL},
    {"prctl PR_SET_DUMPABLE", 0, SYS_prctl, {PR_SET_DUMPABLE, 0}, NULL},
    {"mseal", 0, SYS_mseal, {CLOUDABI_LINUX_EMPTY_PATH, 4096, 0}, NULL},
    {"sendmsg", 4, SYS_sendmsg, {FD_STREAM, P(&message), MSG_NOSIGNAL}, NULL},
    {"recvmsg", 4, SYS_recvmsg, {FD_STREAM, P(&message), MSG_PEEK | MSG_DONTWAIT}, NULL},
    {"shutdown", 0, SYS_shutdown, {FD_STREAM_PEER, SHUT_WR}, NULL},
    {"getsockopt",
     0,
     SYS_getsockopt,
     {FD_STREAM, SOL_SOCKET, SO_TYPE, P(&option), P(&option_size)},
     NULL},
    {"rt_sigaction of SEGV", 0, SYS_rt_sigaction, {SIGSEGV, 0, 0, 8}, NULL},
    {"rt_sigaction of BUS", 0, SYS_rt_sigaction, {SIGBUS, 0, 0, 8}, NULL},
    {"accept4", -EAGAIN, SYS_accept4, {FD_LISTENER, 0, 0, SOCK_CLOEXEC}, NULL},
    {"pass a descriptor", DONE, 0, {0}, pass_descriptor},
    {"start a thread", DONE, 0, {0}, thread},
    {"fork, kill, wait", DONE, 0, {0}, fork_kill_wait},
    {"restart_syscall", -EINTR, SYS_restart_syscall, {0}, NULL},
    {"raise", DIED_OF(SIGTERM), SYS_pidfd_send_signal, {CLOUDABI_LINUX_PIDFD_SELF, SIGTERM}, NULL},
    {"exit", EXITED_WITH(7), SYS_exit, {7}, NULL},
    {"exit_group", EXITED_WITH(8), SYS_exit_group, {8}, NULL},
    {"execveat",
     EXITED_WITH(42),
     SYS_execveat,
     {FD_PROGRAM, CLOUDABI_LINUX_EMPTY_PATH, P(arguments), P(environment), AT_EMPTY_PATH},
     NULL},
};
const size_t allowed_count = sizeof allowed / sizeof allowed[0];
