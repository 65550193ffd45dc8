// SPDX-License-Identifier: BSD-2-Clause
// Tries to outlive its launcher. The argument data holds the way:
//
//   comet   a process that forks and exits for ever, so that no process number is valid for long
//   swarm   many of them, and sleepers
//   hidden  a child that may not be looked into
//   orphan  children that wait, and so does the program, until the launcher is killed
//   stopped the program stops itself, deaf to whatever signal can be ignored
//   deaf    it blocks every signal, by never returning from the handler of its own fault
//
// Whatever survives ends after LIFETIME_MS, for the machine's sake.

#include "attack.h"

#include <linux/poll.h>
#include <linux/uio.h>

#include "crt.h"

enum { LIFETIME_MS = 20000, COMETS = 2, SIGSTOP_ = 19, PIDFD_SELF_ = -10001, PR_SET_DUMPABLE_ = 4 };

static long end_ms;

static long fork_and_forget(void) {
    int pidfd;
    long pid = fork_raw(&pidfd);
    if (pid > 0)
        RAW(__NR_close, pidfd);
    return pid;
}

static void sleep_until_end(void) {
    while (now_ms() < end_ms) {
        struct {
            long sec, nsec;
        } pause = {1, 0};
        RAW(__NR_ppoll, 0, 0, &pause, 0, 8);
    }
    RAW(__NR_exit_group, 0);
}

static void leave_sleeper(void) {
    if (fork_and_forget() == 0)
        sleep_until_end();
}

// Slow enough that the machine keeps process numbers for others should nobody reap the dead.
static void comet(void) {
    struct {
        long sec, nsec;
    } pause = {0, 400000};
    while (now_ms() < end_ms) {
        RAW(__NR_ppoll, 0, 0, &pause, 0, 8);
        if (fork_and_forget() > 0)
            RAW(__NR_exit_group, 0);
    }
    RAW(__NR_exit_group, 0);
}

static void leave_comet(void) {
    if (fork_and_forget() == 0)
        comet();
}

static void announce(void) {
    struct iovec part = {"ready\n", 6};
    RAW(__NR_writev, OUT_FD, &part, 1);
    RAW(__NR_close, OUT_FD);
}

static void in_handler(int signal) {
    (void)signal;
    announce();
    sleep_until_end();
}

static void become_deaf(void) {
    struct {
        void (*handler)(int);
        unsigned long flags;
        void (*restorer)(int);
        uint64_t mask;
    } action = {in_handler, 0x04000000 /* SA_RESTORER */, in_handler, ~UINT64_C(0)};
    RAW(__NR_rt_sigaction, 11, &action, 0, sizeof(action.mask));
    __asm__ volatile("hlt");
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    end_ms = now_ms() + LIFETIME_MS;
    if (is_argument(&info, "comet"))
        leave_comet();
    for (int i = 0; is_argument(&info, "swarm") && i < COMETS; ++i) {
        leave_comet();
        leave_sleeper();
    }
    if (is_argument(&info, "hidden")) {
        RAW(__NR_prctl, PR_SET_DUMPABLE_, 0);
        leave_sleeper();
    }
    if (is_argument(&info, "orphan"))
        leave_sleeper();
    if (is_argument(&info, "deaf"))
        become_deaf();
    announce();
    if (is_argument(&info, "stopped"))
        RAW(__NR_pidfd_send_signal, PIDFD_SELF_, SIGSTOP_, 0, 0);
    if (is_argument(&info, "orphan") || is_argument(&info, "stopped"))
        sleep_until_end();
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
