// SPDX-License-Identifier: BSD-2-Clause
// The supervisor: the launcher itself, which stays, waits for the worker, passes signals on to it
// and leaves nothing of it behind.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../loader/handover.h"
#include "file_mounts.h"
#include "leftovers.h"
#include "sandbox.h"
#include "worker.h"

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

// Returns the worker's wait status. Adopted processes that have ended are reaped on the way.
static int supervise(pid_t worker, const sigset_t *set) {
    for (;;) {
        int status;
        pid_t ended;
        while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
            if (ended == worker)
                return status;
        int number = sigwaitinfo(set, NULL);
        if (number > 0 && number != SIGCHLD) {
            kill(worker, number);
            // A program that has stopped itself would never take it.
            kill(worker, SIGCONT);
        }
    }
}

// What the program was granted is the program's alone: when it closes a pipe, its peer must see
// that at once. The supervisor keeps standard error, for its own messages, and the status pipe.
static int release_descriptors(int status_fd) {
    enum { STATUS = 3 };
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = STDIN_FILENO; fd <= STDOUT_FILENO; fd++)
        if (null < 0 || dup2(null, fd) < 0)
            close(fd);
    if (status_fd != STATUS && dup3(status_fd, STATUS, O_CLOEXEC) != STATUS)
        return status_fd;
    close_range(STATUS + 1, ~0U, 0);
    return STATUS;
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

// Closing the pipe sets off the reaper. Should it be missing, what can be found is killed.
static void end_sandbox(int status_fd, const struct shared *shared) {
    close(status_fd);
    if (shared->reaper > 0)
        while (waitpid(shared->reaper, NULL, 0) < 0 && errno == EINTR)
            ;
    if (shared->user_namespace != 0)
        leftovers_kill(shared->user_namespace);
}

static int run(const struct sandbox *sandbox, struct shared *shared, struct failure *failure) {
    int status_pipe[2];
    if (pipe2(status_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return failure_set(failure, "cannot make a pipe: %s", strerror(errno));
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return failure_set(failure, "cannot adopt what the program leaves: %s", strerror(errno));
    file_mounts_privileged(sandbox->grants);
    shared->loader_mounted = file_mount_privileged(sandbox->loader_fd, GRANT_READ | GRANT_EXEC);
    sigset_t set;
    block_signals(&set);
    pid_t supervisor = getpid();
    pid_t worker = fork();
    if (worker < 0)
        return failure_set(failure, "cannot start the worker: %s", strerror(errno));
    if (worker == 0)
        worker_main(sandbox, supervisor, status_pipe[1], shared);
    close(status_pipe[1]);
    int status_fd = status_pipe[0];
    if (sandbox->program != NULL)
        status_fd = release_descriptors(status_fd);

    int status = supervise(worker, &set);
    bool failed = sandbox->program != NULL && loader_failed(status_fd, sandbox->program, failure);
    end_sandbox(status_fd, shared);
    if (failed)
        return -1;
    if (shared->failure.text[0] != '\0') {
        *failure = shared->failure;
        return -1;
    }
    if (!shared->complete)
        return failure_set(failure, "the worker ended with status %d before the program started",
                           exit_status(status));
    return exit_status(status);
}

int sandbox_run(const struct sandbox *sandbox, struct failure *failure) {
    struct shared *shared = share(failure);
    if (shared == NULL)
        return -1;
    int result = run(sandbox, shared, failure);
    munmap(shared, sizeof *shared);
    return result;
}
