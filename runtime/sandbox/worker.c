// SPDX-License-Identifier: BSD-2-Clause
// The worker restricts itself, probes that the restrictions hold, and becomes the program.
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../loader/handover.h"
#include "decimal.h"
#include "handover_write.h"
#include "layers.h"
#include "probe.h"
#include "reaper.h"
#include "sockets.h"

// Newer than some C library's headers.
#ifndef SYS_mseal
#define SYS_mseal 462
#endif

// The ABI knows default actions only, and a write to a closed peer is an error, never a signal.
// What the user chose to ignore (nohup, a background job) stays ignored. Of the real-time signals,
// which the ABI does not know, nothing is ever asked.
static void reset_signals(void) {
    enum { FIRST_REAL_TIME = 32 };
    for (int number = 1; number < FIRST_REAL_TIME; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) != 0 || action.sa_handler == SIG_DFL)
            continue;
        bool keep = action.sa_handler == SIG_IGN &&
                    (number == SIGHUP || number == SIGINT || number == SIGQUIT);
        if (!keep)
            signal(number, SIG_DFL);
    }
    signal(SIGPIPE, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// After the last change of credentials, which would reset it.
static int die_with_supervisor(pid_t supervisor, struct failure *failure) {
    int number = 0;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
        prctl(PR_GET_PDEATHSIG, &number, 0, 0, 0) != 0 || number != SIGKILL)
        return failure_set(failure, "cannot tie the program to its launcher: %s", strerror(errno));
    if (getppid() != supervisor)
        return failure_set(failure, "the launcher ended before the program started");
    return 0;
}

static int open_mount_namespace(struct failure *failure) {
    int fd = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
    return fd >= 0 ? fd
                   : failure_set(failure, "cannot open /proc/self/ns/mnt: %s", strerror(errno));
}

// What strict mode does without.
static int build_mounts(const struct worker *worker) {
    struct sandbox *sandbox = worker->sandbox;
    struct shared *shared = worker->shared;
    struct failure *failure = &shared->failure;
    shared->denied = true;
    if (layer_user_namespace(worker->user, worker->group, failure) != 0 ||
        layer_inherited_directories(sandbox->grants, failure) != 0 ||
        layer_mount_namespace(failure) != 0 ||
        (sandbox->program == NULL && (shared->place = open_mount_namespace(failure)) < 0) ||
        layer_path_directories(sandbox->grants, failure) != 0 ||
        layer_files(sandbox->grants, sandbox->loader_fd, failure) != 0 ||
        layer_root(sandbox->grants, failure) != 0)
        return -1;
    shared->denied = false;
    if (sandbox->loader_fd >= 0)
        sandbox->loader_fd = sandbox->grants->loader_tree;
    return 0;
}

static int restrict_self(const struct worker *worker) {
    struct failure *failure = &worker->shared->failure;
    if (worker->mode == GUARANTEE_STRICT) {
        if (layer_no_privileges_strict(failure) != 0 ||
            die_with_supervisor(worker->supervisor, failure) != 0 ||
            layer_landlock_strict(worker->sandbox->loader_fd, failure) != 0)
            return -1;
        return probe_layers_strict(worker->supervisor, failure);
    }
    if (worker->mode == GUARANTEE_WEAK) {
        if (layer_no_privileges_strict(failure) != 0 ||
            die_with_supervisor(worker->supervisor, failure) != 0 ||
            layer_landlock_weak(worker->sandbox->grants, worker->sandbox->loader_fd, failure) != 0)
            return -1;
        return probe_layers_strict(worker->supervisor, failure);
    }
    if (build_mounts(worker) != 0 || layer_no_privileges(failure) != 0 ||
        die_with_supervisor(worker->supervisor, failure) != 0 || layer_landlock(failure) != 0)
        return -1;
    return probe_layers(worker->supervisor, worker->sandbox->grants, failure);
}

static int filter_self(const struct worker *worker) {
    struct failure *failure = &worker->shared->failure;
    bool datagrams = sockets_name_peers(worker->sandbox->grants);
    if (worker->mode == GUARANTEE_STRICT) {
        if (layer_seccomp_strict(worker->channel_fd, datagrams, failure) != 0 ||
            probe_filter(datagrams, failure) != 0)
            return -1;
        return probe_supervisor(worker->sandbox->grants, worker->status_fd, failure);
    }
    if (layer_seccomp(datagrams, &worker->shared->listener, failure) != 0)
        return -1;
    return probe_filter(datagrams, failure);
}

// Exactly the descriptors of the hand-over survive the exec.
static int select_descriptors(const struct sandbox *sandbox, int handover_fd, int status_fd,
                              struct failure *failure) {
    if (close_range(0, ~0U, CLOSE_RANGE_CLOEXEC) != 0 ||
        fcntl(STDERR_FILENO, F_GETFD) != FD_CLOEXEC)
        return failure_set(failure, "cannot close descriptors: %s", strerror(errno));
    int result = fcntl(handover_fd, F_SETFD, 0) | fcntl(status_fd, F_SETFD, 0) |
                 fcntl(sandbox->program_fd, F_SETFD, 0) | fcntl(sandbox->loader_fd, F_SETFD, 0);
    for (size_t i = 0; i < sandbox->grants->count; i++)
        result |= fcntl(sandbox->grants->list[i].fd, F_SETFD, 0);
    if (result != 0)
        return failure_set(failure, "a descriptor to hand over is not open: %s", strerror(errno));
    return 0;
}

// Where the loader is found under the filter; see handover.h.
static int map_empty_path(const struct worker *worker) {
    struct failure *failure = &worker->shared->failure;
    // In full mode it is the launcher's memory, and strict mode may have to take over.
    static bool mapped;
    void *page = mapped ? (void *)EMPTY_PATH
                        : mmap((void *)EMPTY_PATH, EMPTY_PATH_LEN, PROT_READ,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (page != (void *)EMPTY_PATH)
        return failure_set(failure,
                           "cannot map a page at %#lx: %s: it needs a sysctl "
                           "vm.mmap_min_addr of at most that",
                           (unsigned long)EMPTY_PATH,
                           page == MAP_FAILED ? strerror(errno) : "it is elsewhere");
    mapped = true;
    // The program's own page is the loader's to seal: this one shows that it can.
    if (worker->mode == GUARANTEE_STRICT && syscall(SYS_mseal, EMPTY_PATH, EMPTY_PATH_LEN, 0) != 0)
        return failure_set(failure,
                           "the kernel denies sealed memory: %s: let the container's profile pass "
                           "mseal",
                           strerror(errno));
    return 0;
}

static int start(const struct worker *worker) {
    const struct sandbox *sandbox = worker->sandbox;
    struct failure *failure = &worker->shared->failure;
    if (map_empty_path(worker) != 0 || restrict_self(worker) != 0)
        return -1;
    char handover_number[DECIMAL_SIZE] = "";
    if (sandbox->program != NULL) {
        int handover_fd = handover_write(sandbox, worker->mode, worker->status_fd, failure);
        if (handover_fd < 0 ||
            select_descriptors(sandbox, handover_fd, worker->status_fd, failure) != 0)
            return -1;
        decimal(handover_number, (unsigned long)handover_fd);
    }
    if (worker->mode != GUARANTEE_FULL &&
        (worker->shared->reaper = reaper_start(worker->supervisor, worker->status_fd, failure)) < 0)
        return -1;
    if (filter_self(worker) != 0)
        return -1;
    worker->shared->complete = true;
    if (sandbox->program == NULL)
        return 0;
    char *const arguments[] = {(char *)sandbox->program, handover_number, NULL};
    char *const environment[] = {NULL};
    syscall(SYS_execveat, sandbox->loader_fd, EMPTY_PATH, arguments, environment, AT_EMPTY_PATH);
    return failure_set(failure, "cannot start the loader: %s: install this program anew",
                       strerror(errno));
}

_Noreturn static void worker_main(const struct worker *worker) {
    reset_signals();
    int result = start(worker);
    syscall(SYS_exit_group, result == 0 ? 0 : 127);
    __builtin_trap();
}

static int in_shared_memory(void *worker) {
    worker_main(worker);
}

pid_t worker_start(struct worker *worker) {
    if (worker->mode == GUARANTEE_FULL)
        return clone(in_shared_memory, worker->stack + WORKER_STACK_SIZE,
                     CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, worker);
    pid_t pid = fork();
    if (pid == 0)
        worker_main(worker);
    return pid;
}
