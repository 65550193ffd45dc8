// SPDX-License-Identifier: BSD-2-Clause
// The reaper: a process inside the sandbox's Landlock domain that outlives the program and then
// ends everything in that domain at one stroke. Killing by process number would not do: what forks
// and exits for ever is never caught, and its dead fill the machine. Nor would anything that the
// launcher does by itself, for it can be killed first.
#include "reaper.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

_Noreturn static void reap(int status_fd, int ready_fd) {
    enum { STATUS, READY, FIRST_OTHER };
    // Nothing is ever read from this pipe's end: it fails once the launcher has closed the other.
    struct pollfd launcher = {.fd = STATUS, .events = 0};
    // Where the program can see /proc, under --weak, it would find this pipe there; and a reader of
    // its own would keep the pipe from failing.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || dup2(status_fd, STATUS) != STATUS ||
        dup2(ready_fd, READY) != READY || close_range(FIRST_OTHER, ~0U, 0) != 0 ||
        fcntl(STDERR_FILENO, F_GETFD) >= 0 || write(READY, "", 1) != 1 || close(READY) != 0)
        _exit(1);
    while (poll(&launcher, 1, -1) < 0 && errno == EINTR)
        ;
    // Landlock keeps this signal within the domain, and forks cannot slip through: the kernel
    // holds them off meanwhile.
    kill(-1, SIGKILL);
    _exit(0);
}

// Returns the reaper once it is on its post.
static pid_t start(int status_fd, struct failure *failure) {
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) != 0)
        return failure_set(failure, "cannot make a pipe: %s", strerror(errno));
    pid_t reaper = fork();
    if (reaper == 0)
        reap(status_fd, ready[1]);
    close(ready[1]);
    char byte;
    bool on_post = reaper > 0 && read(ready[0], &byte, 1) == 1;
    close(ready[0]);
    return on_post ? reaper : failure_set(failure, "cannot start the reaper");
}

pid_t reaper_start(pid_t supervisor, int status_fd, struct failure *failure) {
    // Where signals do leave the domain, it would end every process of the user. The probes have
    // asked before; this is dangerous enough to ask again.
    if (kill(supervisor, 0) == 0 || errno != EPERM)
        return failure_set(failure, "the sandbox does not hold: signals leave it");
    sigset_t all, before;
    sigfillset(&all);
    // The terminal's signals reach the whole process group, and are not meant for the reaper.
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t reaper = start(status_fd, failure);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return reaper;
}
