// SPDX-License-Identifier: BSD-2-Clause
#include "init.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptors.h"
#include "mounter.h"
#include "supervise.h"

// Before the first of the sandbox's other processes is there. The launcher may have ended already:
// then the kernel has cleared the word before it looks for children to signal.
static bool tie_to_launcher(const volatile int *launcher) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        return false;
    errno = ESRCH;
    return *launcher != 0;
}

// The launcher and this process, which share their descriptors, keep the pipe that the loader
// reports through, and the program's listener.
static bool release(const struct worker *worker) {
    const struct shared *shared = worker->shared;
    int kept[] = {worker->report_fd, shared->listener};
    return descriptors_release(worker->report_fd, kept, sizeof kept / sizeof kept[0]) == 0;
}

static volatile sig_atomic_t passed_on; // a set of signals

static void on_signal(int number) {
    if (number != SIGCHLD)
        passed_on |= 1 << number;
}

// A signal without a handler is ignored here, and would not end a wait. `set` stays blocked else.
static void hear(const sigset_t *set) {
    struct sigaction action = {.sa_handler = on_signal};
    for (int number = 1; number < 31; number++)
        if (sigismember(set, number) == 1)
            sigaction(number, &action, NULL);
}

// The launcher does not know the worker's number.
static void pass_on(pid_t worker) {
    for (int number = 1; number < 31; number++)
        if ((passed_on & 1 << number) != 0)
            supervise_pass_on(worker, number);
    passed_on = 0;
}

// As its child, which is alive or at least not reaped. -1 is refused by who enters it.
static int mounts_of(pid_t worker) {
    return (int)syscall(SYS_pidfd_open, worker, 0);
}

// Returns when the worker has ended, with its wait status. Reaps whoever has lost his parent.
static int follow(pid_t worker, const sigset_t *set, struct shared *shared) {
    struct pollfd calls = {.fd = shared->listener, .events = POLLIN};
    sigset_t others;
    sigfillset(&others);
    for (int number = 1; number < 31; number++)
        if (sigismember(set, number) == 1)
            sigdelset(&others, number);
    for (;;) {
        int status;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
            if (ended == worker)
                return status;
        pass_on(worker);
        if (ppoll(&calls, 1, NULL, &others) <= 0)
            continue;
        // The first request starts the mounter, which answers it and all others; or nobody is left
        // to ask.
        if ((calls.revents & POLLIN) != 0) {
            int place = mounts_of(worker);
            mounter_start(place, calls.fd, &shared->mounter_failure);
            close(place);
        }
        // Where there is no mounter, the kernel now answers that there is none.
        close(calls.fd);
        calls.fd = -1;
    }
}

// Where no program starts, the mounter is tried too. Nobody is left to ask it anything.
static void try_mounter(struct shared *shared) {
    if (shared->failure.text[0] != '\0' || shared->listener < 0)
        return;
    int status = -1;
    pid_t mounter = mounter_start(shared->place, shared->listener, &shared->mounter_failure);
    if (mounter > 0 && waitpid(mounter, &status, 0) == mounter && status == 0)
        return;
    if (shared->mounter_failure.text[0] == '\0')
        failure_set(&shared->mounter_failure, "the mounter ended with wait status %#x", status);
    shared->failure = shared->mounter_failure;
}

static void serve(struct worker *worker) {
    struct shared *shared = worker->shared;
    struct failure *failure = &shared->failure;
    if (!tie_to_launcher(&shared->launcher)) {
        failure_set(failure, "cannot tie the program to its launcher: %s", strerror(errno));
        return;
    }
    hear(worker->signals);
    pid_t pid = worker_start(worker);
    if (pid < 0) {
        failure_set(failure, "cannot start the worker: %s", strerror(errno));
        return;
    }
    if (worker->sandbox->program != NULL && shared->complete && !release(worker)) {
        failure_set(failure, "cannot close descriptors");
        return;
    }
    shared->status = follow(pid, worker->signals, shared);
    shared->ended = true;
    if (worker->sandbox->program == NULL)
        try_mounter(shared);
}

static int init_main(void *worker) {
    serve(worker);
    syscall(SYS_exit_group, 0);
    __builtin_trap();
}

pid_t init_start(struct worker *worker) {
    return clone(init_main, worker->init_stack + WORKER_STACK_SIZE,
                 CLONE_VM | CLONE_FILES | CLONE_NEWUSER | CLONE_NEWPID | SIGCHLD, worker);
}
