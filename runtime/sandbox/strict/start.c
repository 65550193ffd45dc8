// SPDX-License-Identifier: BSD-2-Clause
// Strict mode, and weak mode, which is the same without the supervisor's part.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../descriptors.h"
#include "../leftovers.h"
#include "../listener.h"
#include "../supervisor.h"
#include "serve.h"

// There is no name space that ends with its first process. But the filter knows when nobody is left
// under it: those that were killed have ended, and have been reaped, here or by their parents.
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
static void end_sandbox(int report_fd, int listener, const struct shared *shared) {
    if (shared->reaper > 0 && leftovers_none(shared->reaper))
        kill(shared->reaper, SIGKILL);
    close(report_fd);
    if (shared->reaper > 0)
        while (waitpid(shared->reaper, NULL, 0) < 0 && errno == EINTR)
            ;
    if (listener >= 0) {
        await_end(listener, shared);
        if (strict_served())
            close(listener);
    }
}

static int release(int report_fd, int channel, struct failure *failure) {
    // Not the pipe, whose end has to close.
    int filler = open("/dev/null", O_RDWR | O_CLOEXEC);
    int kept[] = {report_fd, channel};
    if (filler >= 0 && descriptors_release(filler, kept, sizeof kept / sizeof kept[0]) == 0)
        return 0;
    return failure_set(failure, "cannot close descriptors: %s", strerror(errno));
}

// What remains of the supervisor's work once the worker is on its way.
static int follow(const struct worker *worker, pid_t pid, int channel, const sigset_t *set,
                  struct failure *failure) {
    struct shared *shared = worker->shared;
    bool released =
        worker->sandbox->program == NULL || release(worker->report_fd, channel, failure) == 0;
    int listener = channel_receive(channel);
    close(channel);
    bool strict = worker->mode == GUARANTEE_STRICT;
    if (!released || (strict && listener >= 0 && strict_serve(listener, failure) != 0)) {
        kill(pid, SIGKILL);
        shared->failure = *failure;
    }
    int status = supervise(pid, set);
    int result = supervisor_judge(worker, status, failure);
    end_sandbox(worker->report_fd, strict ? listener : -1, shared);
    return result;
}

static int attempt(struct sandbox sandbox, enum guarantee mode, const sigset_t *set,
                   struct shared *shared, struct failure *failure) {
    int report[2], channel[2];
    if (pipe2(report, O_CLOEXEC | O_NONBLOCK) != 0)
        return failure_set(failure, "cannot make a pipe: %s", strerror(errno));
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) != 0)
        return failure_set(failure, "cannot make a pair of sockets: %s", strerror(errno));
    struct worker worker = supervisor_worker(&sandbox, mode, report, shared);
    worker.supervisor = getpid();
    worker.channel_fd = channel[1];
    pid_t pid = worker_start(&worker);
    int error = errno;
    close(report[1]);
    close(channel[1]);
    if (pid > 0)
        return follow(&worker, pid, channel[0], set, failure);
    close(report[0]);
    close(channel[0]);
    return failure_set(failure, "cannot start the worker: %s", strerror(error));
}

int attempt_strict(const struct sandbox *sandbox, enum guarantee mode, const sigset_t *set,
                   struct failure *failure) {
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return failure_set(failure, "cannot adopt what the program leaves: %s", strerror(errno));
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return failure_set(failure, "cannot share memory with the worker: %s", strerror(errno));
    struct stat status;
    if (sandbox->loader_fd >= 0 && fstat(sandbox->loader_fd, &status) == 0)
        shared->loader = (struct leftovers_sign){status.st_dev, status.st_ino};
    int result = -1;
    if (mode == GUARANTEE_WEAK) {
        result = attempt(*sandbox, mode, set, shared, failure);
    } else if (strict_prepare(sandbox, failure) == 0 && strict_lower(failure) == 0) {
        result = attempt(*sandbox, mode, set, shared, failure);
        strict_raise();
    }
    munmap(shared, sizeof *shared);
    return result;
}
