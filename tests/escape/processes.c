// SPDX-License-Identifier: BSD-2-Clause
// Touching other processes: the parent, which is process 1 in full mode and the launcher in strict
// mode, and everybody else.

#include "attack.h"

static void attack_parent(void) {
    // getppid() is not among the calls; numbers near our own thread's are the parent's
    // neighbourhood, and one of them is the parent.
    long own = RAW(__NR_gettid);
    long hit = 0;
    for (long pid = own - 50; pid < own + 50; ++pid)
        if (pid > 0 && pid != own && RAW(__NR_kill, pid, 0) == 0)
            hit = pid;
    report("kill-neighbours", hit == 0, hit);
    for (long pid = own - 50; pid < own + 50; ++pid)
        if (pid > 0 && pid != own && RAW(__NR_tgkill, pid, pid, 0) == 0)
            hit = pid;
    report("tgkill-neighbours", hit == 0, hit);
    for (long pid = own - 50; pid < own + 50; ++pid)
        if (pid > 0 && RAW(__NR_pidfd_open, pid, 0) >= 0)
            hit = pid;
    report("pidfd_open-neighbours", hit == 0, hit);
    char buffer[8];
    struct {
        void *base;
        size_t len;
    } local = {buffer, 8}, remote = {(void *)0x400000, 8};
    for (long pid = own - 50; pid < own + 50; ++pid)
        if (pid > 0 && RAW(__NR_process_vm_readv, pid, &local, 1, &remote, 1, 0) >= 0)
            hit = pid;
    report("process_vm_readv-neighbours", hit == 0, hit);
}

// pidfd_send_signal() is allowed for KILL on children; a directory of procfs would do as well.
static void attack_pidfd(void) {
    long fd = open_raw(AT_FDCWD, "/proc/1", O_RDONLY | O_DIRECTORY);
    REFUSED("pidfd_send_signal-proc", __NR_pidfd_send_signal, fd, 9, 0, 0);
    REFUSED("pidfd_send_signal-directory", __NR_pidfd_send_signal, READ_ONLY_FD, 9, 0, 0);
    REFUSED("pidfd_getfd", __NR_pidfd_getfd, fd, 0, 0);
    REFUSED("pidfd-group-signal", __NR_pidfd_send_signal, -10003, 9, 0, 4);
}

void attack_processes(void) {
    REFUSED_UNSAFE("kill-everybody", __NR_kill, -1, 0);
    REFUSED("kill-group", __NR_kill, 0, 0);
    REFUSED("kill-init", __NR_kill, 1, 0);
    REFUSED_UNSAFE("tkill", __NR_tkill, 1, 10);
    REFUSED_UNSAFE("sigqueue", __NR_rt_sigqueueinfo, 1, 10, 0);
    attack_parent();
    attack_pidfd();
    REFUSED("own-by-signal", __NR_fcntl, LISTENER_FD, 8 /* F_SETOWN */, 1);
    REFUSED("signal-of-owner", __NR_fcntl, LISTENER_FD, 10 /* F_SETSIG */, 9);
    REFUSED("asynchronous-signals", __NR_fcntl, LISTENER_FD, 4 /* F_SETFL */, 020000);
    REFUSED("signal-caught", __NR_rt_sigaction, 15, 0, 0, 8);
    REFUSED("signals-blocked", __NR_rt_sigprocmask, 0, 0, 0, 8);
    REFUSED("ptrace-traceme", __NR_ptrace, 0, 0, 0, 0);
    REFUSED_UNSAFE("ptrace-attach", __NR_ptrace, 16, 1, 0, 0);
    REFUSED_UNSAFE("ptrace-seize", __NR_ptrace, 0x4206, 1, 0, 0);
    REFUSED("process_vm_writev", __NR_process_vm_writev, 1, 0, 0, 0, 0, 0);
    REFUSED_UNSAFE("process_madvise", __NR_process_madvise, 0, 0, 0, 0, 0);
    REFUSED("kcmp", __NR_kcmp, 1, 1, 0, 0, 0);
    REFUSED("getppid", __NR_getppid);
    REFUSED("getpid", __NR_getpid);
    REFUSED("setpriority", __NR_setpriority, 0, 0, 19);
    REFUSED_UNSAFE("prlimit", __NR_prlimit64, 1, 7, 0, 0);
    REFUSED_UNSAFE("sched_setscheduler", __NR_sched_setscheduler, 1, 0, 0);
    REFUSED("wait-for-anybody", __NR_waitid, 0 /* P_ALL */, 0, 0, 4 | 1 | 0x40000000, 0);
    REFUSED("setsid", __NR_setsid);
    REFUSED("setpgid", __NR_setpgid, 0, 0);
}
