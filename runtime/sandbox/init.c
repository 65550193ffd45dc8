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

// Before the first of the sandbox's other processes is there. The launcher may have ended already.
static bool tie_to_launcher(int launcher_fd) {
    struct pollfd launcher = {.fd = launcher_fd, .events = POLLIN};
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && poll(&launcher, 1, 0) == 0;
}

// The launcher and this process, which share their descriptors, keep the pipe that the loader
// reports through, the program, and its listener.
static bool release(const struct worker *worker) {
    const struct shared *shared = worker->shared;
    int kept[] = {
        worker->report_fd,
        shared->listener,
        shared->worker_fd,
    };
    return descriptors_release(worker->report_fd, kept, sizeof kept / sizeof kept[0]) == 0;
}

static void on_child(int number) {
    (void)number;
}

// A signal without a handler is ignored here, and would not end a wait.
static void hear_of_children(void) {
    struct sigaction action = {.sa_handler = on_child};
    sigaction(SIGCHLD, &action, NULL);
}

// Returns when the worker has ended, with its wait status. Reaps whoever has lost his parent.
static int follow(pid_t worker, struct shared *shared) {
    struct pollfd calls = {.fd = shared->listener, .events = POLLIN};
    sigset_t all_but_child;
    sigfillset(&all_but_child);
    sigdelset(&all_but_child, SIGCHLD);
    for (;;) {
        int status;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
            if (ended == worker)
                return status;
        if (ppoll(&calls, 1, NULL, &all_but_child) <= 0)
            continue;
        // The first request starts the mounter, which answers it and all others; or nobody is left
        // to ask.
        if ((calls.revents & POLLIN) != 0)
            mounter_start(shared->worker_fd, calls.fd, &shared->mounter_failure);
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
    if (!tie_to_launcher(worker->launcher_fd)) {
        failure_set(failure, "cannot tie the program to its launcher: %s", strerror(errno));
        return;
    }
    hear_of_children();
    pid_t pid = worker_start(worker);
    if (pid < 0) {
        failure_set(failure, "cannot start the worker: %s", strerror(errno));
        return;
    }
    if (worker->sandbox->program != NULL && shared->complete && !release(worker)) {
        failure_set(failure, "cannot close descriptors");
        return;
    }
    shared->status = follow(pid, shared);
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
