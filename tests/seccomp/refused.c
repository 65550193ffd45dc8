// SPDX-License-Identifier: BSD-2-Clause
// What must not work under the filter, and how it is refused. None of it does harm if it works.
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

#include "seccomp_filter.h"

#define P(x) ((long)(x))

static char bytes[64];
static const struct iovec part = {bytes, 4};
static const struct sockaddr_in discard = {AF_INET, 0x0900, {0x0100007f}, {0}};
static const struct msghdr message = {.msg_name = (void *)&discard,
                                      .msg_namelen = sizeof discard,
                                      .msg_iov = (struct iovec *)&part,
                                      .msg_iovlen = 1};
static struct timespec when;
static unsigned word;
static int pair[2];
static siginfo_t info;

#define ANONYMOUS (MAP_PRIVATE | MAP_ANONYMOUS)

static long legacy_call(void) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "0"(20L) : "memory"); // getpid of i386
    return result;
}

static long x32_call(void) {
    return raw(0x40000000 | SYS_getpid, (const long[6]){0});
}

static long high_bits(void) {
    return raw(SYS_clone, (const long[6]){CLOUDABI_LINUX_CLONE_THREAD_FLAGS | 1L << 40});
}

const struct attempt refused[] = {
    {"int 0x80", DIED_OF(SIGSYS), 0, {0}, legacy_call},
    {"x32 number", -ENOSYS, 0, {0}, x32_call},
    {"number beyond all calls", -ENOSYS, 100000, {0}, NULL},
    {"clone3", -ENOSYS, SYS_clone3, {0, 0}, NULL},
    {"clone with CLONE_NEWUSER", -EPERM, SYS_clone, {CLONE_NEWUSER | CLONE_SIGHAND}, NULL},
    {"clone with a high bit", -EPERM, 0, {0}, high_bits},
    {"unshare", -ENOSYS, SYS_unshare, {CLONE_FILES}, NULL},
    {"setns", -ENOSYS, SYS_setns, {-1, 0}, NULL},
    {"open", -ENOSYS, SYS_open, {P("/"), O_RDONLY}, NULL},
    {"openat", -ENOSYS, SYS_openat, {AT_FDCWD, P("/"), O_RDONLY}, NULL},
    {"execve", -ENOSYS, SYS_execve, {P("/"), 0, 0}, NULL},
    {"execveat by name", -EPERM, SYS_execveat, {FD_DIRECTORY, P("none"), 0, 0, 0}, NULL},
    {"execveat with another empty path",
     -EPERM,
     SYS_execveat,
     {FD_PROGRAM, P(""), 0, 0, AT_EMPTY_PATH},
     NULL},
    {"socket", -ENOSYS, SYS_socket, {AF_INET, SOCK_STREAM, 0}, NULL},
    {"connect", -ENOSYS, SYS_connect, {FD_LISTENER, 0, 0}, NULL},
    {"bind", -ENOSYS, SYS_bind, {FD_LISTENER, 0, 0}, NULL},
    {"listen", -ENOSYS, SYS_listen, {FD_LISTENER, 1}, NULL},
    {"sendto", -ENOSYS, SYS_sendto, {FD_STREAM, P(bytes), 1, MSG_NOSIGNAL}, NULL},
    {"sendmmsg", -ENOSYS, SYS_sendmmsg, {FD_STREAM, 0, 0}, NULL},
    {"setsockopt", -ENOSYS, SYS_setsockopt, {FD_STREAM, SOL_SOCKET, SO_RCVBUF, 0, 0}, NULL},
    {"getsockopt SO_PEERCRED", -EPERM, SYS_getsockopt, {FD_STREAM, SOL_SOCKET, 17, 0, 0}, NULL},
    {"sendmsg MSG_FASTOPEN", -EPERM, SYS_sendmsg, {FD_LISTENER, P(&message), 0x20004000}, NULL},
    {"sendmsg MSG_OOB", -EPERM, SYS_sendmsg, {FD_STREAM, P(&message), MSG_OOB}, NULL},
    {"recvmsg MSG_ERRQUEUE", -EPERM, SYS_recvmsg, {FD_STREAM, P(&message), MSG_ERRQUEUE}, NULL},
    {"datagram pair", -EPERM, SYS_socketpair, {AF_UNIX, SOCK_DGRAM, 0, P(pair)}, NULL},
    {"netlink pair", -EPERM, SYS_socketpair, {AF_NETLINK, SOCK_STREAM, 0, P(pair)}, NULL},
    {"accept4 with an address", -EPERM, SYS_accept4, {FD_LISTENER, P(bytes), P(&word), 0}, NULL},
    {"kill", -ENOSYS, SYS_kill, {0, 0}, NULL},
    {"tgkill", -ENOSYS, SYS_tgkill, {1, 1, 0}, NULL},
    {"TERM to a child", -EPERM, SYS_pidfd_send_signal, {FD_CHILD, SIGTERM, 0, 0}, NULL},
    {"signal to a group", -EPERM, SYS_pidfd_send_signal, {FD_CHILD, SIGKILL, 0, 1L << 20}, NULL},
    {"forged siginfo", -EPERM, SYS_pidfd_send_signal, {FD_CHILD, SIGKILL, P(&info), 0}, NULL},
    {"waitid for anyone", -EPERM, SYS_waitid, {P_ALL, 0, P(&info), WNOHANG | WEXITED}, NULL},
    {"wait4", -ENOSYS, SYS_wait4, {-1, 0, WNOHANG, 0}, NULL},
    {"ptrace", -ENOSYS, SYS_ptrace, {PTRACE_PEEKDATA, -1, 0, 0}, NULL},
    {"process_vm_readv", -ENOSYS, SYS_process_vm_readv, {1, 0, 0, 0, 0, 0}, NULL},
    {"pidfd_open", -ENOSYS, SYS_pidfd_open, {1, 0}, NULL},
    {"pidfd_getfd", -ENOSYS, SYS_pidfd_getfd, {FD_CHILD, 0, 0}, NULL},
    {"mount", -ENOSYS, SYS_mount, {0, 0, 0, 0, 0}, NULL},
    {"open_tree", -ENOSYS, SYS_open_tree, {-1, P(""), AT_EMPTY_PATH}, NULL},
    {"chroot", -ENOSYS, SYS_chroot, {P("")}, NULL},
    {"chdir", -ENOSYS, SYS_chdir, {P("/")}, NULL},
    {"fchdir", -ENOSYS, SYS_fchdir, {FD_DIRECTORY}, NULL},
    {"fchmod", -ENOSYS, SYS_fchmod, {FD_FILE, 0600}, NULL},
    {"fchmodat", -ENOSYS, SYS_fchmodat, {FD_DIRECTORY, P("file"), 0600}, NULL},
    {"mknodat", -ENOSYS, SYS_mknodat, {FD_DIRECTORY, P("file"), 0010600, 0}, NULL},
    {"linkat AT_EMPTY_PATH",
     -EPERM,
     SYS_linkat,
     {FD_STREAM, P(""), FD_DIRECTORY, P("socket"), AT_EMPTY_PATH},
     NULL},
    {"fallocate, punching a hole", -EPERM, SYS_fallocate, {FD_MEMORY, 3, 0, 1}, NULL},
    {"ioctl", -ENOSYS, SYS_ioctl, {FD_STREAM, 0x541b, P(&word)}, NULL},
    {"fcntl F_SETOWN", -EPERM, SYS_fcntl, {FD_STREAM, F_SETOWN, 0}, NULL},
    {"fcntl F_SETSIG", -EPERM, SYS_fcntl, {FD_STREAM, F_SETSIG, 0}, NULL},
    {"fcntl F_SETLEASE", -EPERM, SYS_fcntl, {FD_FILE, F_SETLEASE, F_UNLCK}, NULL},
    {"fcntl F_SETFL O_ASYNC", -EPERM, SYS_fcntl, {FD_STREAM, F_SETFL, O_ASYNC}, NULL},
    {"memory file without seal", -EPERM, SYS_memfd_create, {P(""), 1}, NULL},
    {"mmap write and execute", -EPERM, SYS_mmap, {0, 4096, 7, ANONYMOUS, -1, 0}, NULL},
    {"mmap MAP_GROWSDOWN", -EPERM, SYS_mmap, {0, 4096, 3, ANONYMOUS | MAP_GROWSDOWN, -1}, NULL},
    {"mprotect write and execute", -EPERM, SYS_mprotect, {4096, 0, 7}, NULL},
    {"madvise MADV_DONTFORK", -EPERM, SYS_madvise, {4096, 0, MADV_DONTFORK}, NULL},
    {"futex of another kind", -EPERM, SYS_futex, {P(&word), FUTEX_LOCK_PI, 0, 0}, NULL},
    {"futex requeue with inheritance",
     -EPERM,
     SYS_futex,
     {P(&word), FUTEX_CMP_REQUEUE_PI, 1, 1, P(&word), 0},
     NULL},
    {"clock of a process", -EPERM, SYS_clock_gettime, {-14, P(&when)}, NULL},
    {"prctl PR_SET_NAME", -EPERM, SYS_prctl, {PR_SET_NAME, P("name")}, NULL},
    {"prctl PR_SET_DUMPABLE 1", -EPERM, SYS_prctl, {PR_SET_DUMPABLE, 1}, NULL},
    {"prctl PR_SET_PDEATHSIG 0", -EPERM, SYS_prctl, {PR_SET_PDEATHSIG, 0}, NULL},
    {"seccomp", -ENOSYS, SYS_seccomp, {2, 0, 0}, NULL},
    {"bpf", -ENOSYS, SYS_bpf, {-1, 0, 0}, NULL},
    {"io_uring_setup", -ENOSYS, SYS_io_uring_setup, {0, 0}, NULL},
    {"perf_event_open", -ENOSYS, SYS_perf_event_open, {0, 0, 0, 0, 0}, NULL},
    {"userfaultfd", -ENOSYS, SYS_userfaultfd, {-1}, NULL},
    {"keyctl", -ENOSYS, SYS_keyctl, {-1}, NULL},
    {"rt_sigaction of USR1", -EPERM, SYS_rt_sigaction, {SIGUSR1, 0, 0, 8}, NULL},
    {"rt_sigprocmask", -ENOSYS, SYS_rt_sigprocmask, {SIG_BLOCK, 0, 0, 8}, NULL},
    {"sigaltstack", -ENOSYS, SYS_sigaltstack, {0, 0}, NULL},
    {"getpid", -ENOSYS, SYS_getpid, {0}, NULL},
    {"uname", -ENOSYS, SYS_uname, {P(bytes)}, NULL},
    {"getrandom with flags", -EPERM, SYS_getrandom, {P(bytes), 1, 1}, NULL},
    {"close_range CLOSE_RANGE_UNSHARE", -EPERM, SYS_close_range, {900, 901, 2}, NULL},
    {"arch_prctl ARCH_SET_GS", -EPERM, SYS_arch_prctl, {0x1001, 0}, NULL},
    {"setrlimit", -ENOSYS, SYS_prlimit64, {0, 7, 0, 0}, NULL},
};
const size_t refused_count = sizeof refused / sizeof refused[0];
