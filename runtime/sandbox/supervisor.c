// SPDX-License-Identifier: BSD-2-Clause
// The supervisor: the launcher itself, which stays, waits for the worker, passes signals on to it
// and leaves nothing of it behind. In strict mode it also performs the worker's path calls.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../loader/handover.h"
#include "file_mounts.h"
#include "layers.h"
#include "leftovers.h"
#include "listener.h"
#include "mounter.h"
#include "sandbox.h"
#include "strict/serve.h"
#include "worker.h"

enum { GRACE_MS = 1000 };

static const int forwarded[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

// Blocks what supervise() waits for, so that nothing is lost between fork and wait.
static void block_signals(sigset_t *set) {
    // A parent may have left SIGCHLD ignored, which would throw the exit status away.
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(set);
    sigaddset(set, SIGCHLD);
    for (size_t i = 0; i < sizeof forwarded / sizeof forwarded[0]; i++) {
        struct sigaction action;
        if (sigaction(forwarded[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(set, forwarded[i]);
    }
    sigprocmask(SIG_BLOCK, set, NULL);
}

// Returns whether there was anything to pass on.
static bool forward(pid_t worker, int signals) {
    struct signalfd_siginfo info;
    bool any = false;
    while (read(signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGCHLD)
            continue;
        kill(worker, (int)info.ssi_signo);
        // A program that has stopped itself would never take it.
        kill(worker, SIGCONT);
        any = true;
    }
    return any;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// In full mode the first request starts the mounter, which answers it and all others.
static void start_mounter(const struct received *received, struct shared *shared) {
    pid_t mounter =
        received->count != MOUNTER_FDS
            ? -1
            : mounter_start(received->fds, received->listener, &shared->mounter_failure);
    shared->mounter = mounter > 0 ? mounter : 0;
    // Without a mounter, the kernel now answers that there is none.
    close(received->listener);
}

// What came but is only to be given back.
static void close_trees(struct received *received) {
    while (received->count > MOUNTER_FDS)
        close(received->fds[--received->count]);
}

// Returns the worker's wait status. Adopted processes that have ended are reaped on the way.
// `mounts`, if not null: what a mounter is started with when somebody asks for one.
static int supervise(pid_t worker, const sigset_t *set, const struct received *mounts,
                     struct shared *shared) {
    enum { SIGNALS, CALLS };
    struct pollfd wait[] = {
        [SIGNALS] = {.fd = signalfd(-1, set, SFD_CLOEXEC | SFD_NONBLOCK), .events = POLLIN},
        [CALLS] = {.fd = mounts != NULL ? mounts->listener : -1, .events = POLLIN},
    };
    // Nothing that is passed on can be survived, unless machine code blocks it.
    int64_t end = INT64_MAX;
    for (;;) {
        int status;
        pid_t ended;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
            if (ended == worker) {
                close(wait[SIGNALS].fd);
                return status;
            }
            // Its number may be another's from now on.
            if (ended == shared->mounter)
                shared->mounter = 0;
        }
        // Without the descriptor, which can hardly fail to be had, ask now and then.
        bool limited = wait[SIGNALS].fd < 0 || end != INT64_MAX;
        int count = poll(wait, 2, limited ? 100 : -1);
        if (now_ms() >= end)
            kill(worker, SIGKILL);
        if (count > 0 && wait[SIGNALS].revents != 0 && forward(worker, wait[SIGNALS].fd) &&
            end == INT64_MAX)
            end = now_ms() + GRACE_MS;
        if (count > 0 && (wait[CALLS].revents & POLLIN) != 0)
            start_mounter(mounts, shared);
        // The mounter answers, or nobody is left to ask.
        if (count > 0 && wait[CALLS].revents != 0)
            wait[CALLS].fd = -1;
    }
}

// What the program was granted is the program's alone: when it closes a pipe, its peer must see
// that at once. The supervisor keeps standard error, for its own messages, and these two, whose
// numbers change.
static int release_descriptors(int *status_fd, int *channel_fd, struct failure *failure) {
    enum { STATUS = 3, CHANNEL, FIRST_OTHER };
    int status = fcntl(*status_fd, F_DUPFD_CLOEXEC, FIRST_OTHER);
    int channel = fcntl(*channel_fd, F_DUPFD_CLOEXEC, FIRST_OTHER);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++)
        if (null < 0 || dup2(null, fd) < 0)
            close(fd);
    if (status < 0 || dup3(status, STATUS, O_CLOEXEC) != STATUS || channel < 0 ||
        dup3(channel, CHANNEL, O_CLOEXEC) != CHANNEL)
        return failure_set(failure, "cannot keep descriptors apart: %s", strerror(errno));
    close_range(FIRST_OTHER, ~0U, 0);
    *status_fd = STATUS;
    *channel_fd = CHANNEL;
    return 0;
}

// The loader's sentence comes from inside the sandbox: it is taken as text and nothing more.
static bool loader_failed(int status_fd, const char *program, struct failure *failure) {
    struct handover_failure report;
    if (read(status_fd, &report, sizeof report) != (ssize_t)sizeof report)
        return false;
    report.text[sizeof report.text - 1] = '\0';
    failure_set(failure, "%s: not a CloudABI executable: %s", program, report.text);
    return true;
}

static int exit_status(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static struct shared *share(struct failure *failure) {
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared != MAP_FAILED)
        return shared;
    failure_set(failure, "cannot share memory with the worker: %s", strerror(errno));
    return NULL;
}

// Strict mode has no name space to tell the sandbox's processes by. But its filter knows when none
// is left under it: those that were killed have ended, and have been reaped, here or by their
// parents.
static void await_end(int listener, const struct shared *shared) {
    struct pollfd calls = {.fd = listener, .events = 0};
    for (int rounds = 0; rounds < 500 && (calls.revents & POLLHUP) == 0; rounds++) {
        // The reaper is missing. This is slower, and one that forks all the time may be faster.
        if (rounds >= 20)
            leftovers_kill_running(&shared->loader);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        poll(&calls, 1, 10);
    }
}

// Closing the pipe sets off the reaper. Should it be missing, what can be found is killed. A reaper
// that is all that is left of the sandbox need not look for others.
static void end_sandbox(int status_fd, int listener, const struct shared *shared) {
    if (shared->reaper > 0 && leftovers_none(shared->reaper, shared->mounter))
        kill(shared->reaper, SIGKILL);
    close(status_fd);
    if (shared->reaper > 0)
        while (waitpid(shared->reaper, NULL, 0) < 0 && errno == EINTR)
            ;
    if (shared->mounter > 0) {
        kill(shared->mounter, SIGKILL);
        waitpid(shared->mounter, NULL, 0);
    }
    if (shared->user_namespace != 0)
        leftovers_kill(shared->user_namespace);
    if (listener >= 0) {
        await_end(listener, shared);
        if (strict_served())
            close(listener);
    }
}

// Neither mode can be had: both reasons.
static void combine(struct failure *strict, const struct failure *full) {
    struct failure both;
    failure_set(&both, "%.900s; and for strict mode: %.900s", full->text, strict->text);
    *strict = both;
}

static int judge(const struct shared *shared, int status, struct failure *failure) {
    if (shared->failure.text[0] != '\0') {
        *failure = shared->failure;
        return -1;
    }
    if (!shared->complete)
        return failure_set(failure, "the worker ended with status %d before the program started",
                           exit_status(status));
    return exit_status(status);
}

// Where no program starts, the mounter is tried too. Nobody is left to ask it anything.
static int try_mounter(const struct received *received, struct shared *shared,
                       struct failure *failure) {
    if (shared->failure.text[0] != '\0' || received->listener < 0)
        return 0;
    start_mounter(received, shared);
    int status = -1;
    if (shared->mounter > 0 && waitpid(shared->mounter, &status, 0) == shared->mounter)
        shared->mounter = 0;
    if (status == 0)
        return 0;
    return shared->mounter_failure.text[0] != '\0'
               ? failure_set(failure, "%s", shared->mounter_failure.text)
               : failure_set(failure, "the mounter ended with status %d", exit_status(status));
}

// What remains of the supervisor's work once the worker is on its way. In full mode it has got past
// all that strict mode does without, or ended.
static int follow(const struct worker *worker, pid_t pid, int channel, int status_fd,
                  const sigset_t *set, struct failure *failure) {
    const char *program = worker->sandbox->program;
    struct shared *shared = worker->shared;
    bool released = program == NULL || shared->denied ||
                    release_descriptors(&status_fd, &channel, failure) == 0;
    struct received received = channel_receive(channel);
    close(channel);
    close_trees(&received);
    bool full = worker->mode == GUARANTEE_FULL, strict = worker->mode == GUARANTEE_STRICT;
    if (!released ||
        (strict && received.listener >= 0 && strict_serve(received.listener, failure) != 0)) {
        kill(pid, SIGKILL);
        shared->failure = *failure;
    }
    int status = supervise(pid, set, full ? &received : NULL, shared);
    bool failed = program != NULL && loader_failed(status_fd, program, failure);
    if (full && program == NULL)
        failed = try_mounter(&received, shared, failure) != 0;
    end_sandbox(status_fd, strict ? received.listener : -1, shared);
    free(received.fds);
    return failed ? -1 : judge(shared, status, failure);
}

// errno tells why.
static int not_started(enum guarantee mode, struct shared *shared, struct failure *failure) {
    bool denied =
        errno == EPERM || errno == ENOSPC || errno == EUSERS || errno == EINVAL || errno == ENOSYS;
    if (mode != GUARANTEE_FULL || !denied)
        return failure_set(failure, "cannot start the worker: %s", strerror(errno));
    shared->denied = true;
    return layer_user_namespace_denied(failure);
}

static int attempt(const struct sandbox *sandbox, enum guarantee mode, const sigset_t *set,
                   struct shared *shared, struct failure *failure) {
    int status_pipe[2], channel[2];
    if (pipe2(status_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return failure_set(failure, "cannot make a pipe: %s", strerror(errno));
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0)
        return failure_set(failure, "cannot make a pair of sockets: %s", strerror(errno));
    struct worker worker = {
        .mode = mode,
        .supervisor = getpid(),
        .user = geteuid(),
        .group = getegid(),
        .status_fd = status_pipe[1],
        .channel_fd = channel[1],
        .shared = shared,
    };
    // What it opens has its numbers in the worker only.
    struct grants copy = *sandbox->grants;
    copy.list = calloc(copy.count + 1, sizeof *copy.list);
    if (copy.list == NULL)
        return failure_set(failure, "%s", strerror(errno));
    memcpy(copy.list, sandbox->grants->list, copy.count * sizeof *copy.list);
    struct sandbox worker_sandbox = *sandbox;
    worker_sandbox.grants = &copy;
    worker.sandbox = &worker_sandbox;
    pid_t pid = worker_start(&worker);
    int error = errno;
    close(status_pipe[1]);
    close(channel[1]);
    errno = error;
    int result;
    if (pid < 0) {
        close(status_pipe[0]);
        close(channel[0]);
        result = not_started(mode, shared, failure);
    } else {
        result = follow(&worker, pid, channel[0], status_pipe[0], set, failure);
    }
    free(copy.list);
    return result;
}

static int attempt_strict(const struct sandbox *sandbox, const sigset_t *set, struct shared *shared,
                          struct failure *failure) {
    *shared = (struct shared){0};
    struct stat status;
    if (sandbox->loader_fd >= 0 && fstat(sandbox->loader_fd, &status) == 0)
        shared->loader = (struct leftovers_sign){status.st_dev, status.st_ino};
    if (strict_prepare(sandbox, failure) != 0 || strict_lower(failure) != 0)
        return -1;
    int result = attempt(sandbox, GUARANTEE_STRICT, set, shared, failure);
    strict_raise();
    return result;
}

// Strict mode is tried out without the program first: on the way to a real start this process gives
// up the descriptors that another one would need.
static int attempt_weak(const struct sandbox *sandbox, const sigset_t *set, struct shared *shared,
                        enum guarantee *guarantee, struct failure *failure) {
    struct sandbox trial = *sandbox;
    trial.program = NULL;
    if (attempt_strict(&trial, set, shared, failure) == 0)
        return attempt_strict(sandbox, set, shared, failure);
    struct failure reason = *failure;
    *shared = (struct shared){0};
    *guarantee = GUARANTEE_WEAK;
    if (strict_open_directories(sandbox->grants, failure) != 0)
        return -1;
    sandbox->weak(reason.text);
    int result = attempt(sandbox, GUARANTEE_WEAK, set, shared, failure);
    if (result >= 0)
        *failure = reason;
    return result;
}

static int run(const struct sandbox *sandbox, struct shared *shared, enum guarantee *guarantee,
               struct failure *failure) {
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return failure_set(failure, "cannot adopt what the program leaves: %s", strerror(errno));
    sigset_t set;
    block_signals(&set);
    *guarantee = GUARANTEE_STRICT;
    if (sandbox->strict)
        return attempt_strict(sandbox, &set, shared, failure);

    file_mounts_privileged(sandbox->grants);
    sandbox->grants->loader_tree =
        file_mount_privileged(sandbox->loader_fd, GRANT_READ | GRANT_EXEC);
    *guarantee = GUARANTEE_FULL;
    int result = attempt(sandbox, GUARANTEE_FULL, &set, shared, failure);
    if (!shared->denied)
        return result;
    struct failure full = *failure;
    *guarantee = GUARANTEE_STRICT;
    result = sandbox->weak != NULL ? attempt_weak(sandbox, &set, shared, guarantee, failure)
                                   : attempt_strict(sandbox, &set, shared, failure);
    if (result >= 0 && *guarantee == GUARANTEE_STRICT)
        *failure = full;
    else if (result < 0 && strcmp(failure->text, full.text) != 0)
        combine(failure, &full);
    return result;
}

int sandbox_run(const struct sandbox *sandbox, enum guarantee *guarantee, struct failure *failure) {
    enum guarantee unused;
    struct shared *shared = share(failure);
    if (shared == NULL)
        return -1;
    int result = run(sandbox, shared, guarantee != NULL ? guarantee : &unused, failure);
    munmap(shared, sizeof *shared);
    return result;
}
