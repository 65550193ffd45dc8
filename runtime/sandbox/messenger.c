// SPDX-License-Identifier: BSD-2-Clause
#include "messenger.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "listener.h"

_Noreturn static void send_one(pid_t parent, int task_fd, int channel_fd) {
    int listener;
    // The end of the pipe would not tell that the parent has failed: this process has it too.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent ||
        read(task_fd, &listener, sizeof listener) != (ssize_t)sizeof listener)
        _exit(1);
    _exit(listener <= 0 || channel_send(channel_fd, listener) == 0 ? 0 : 1);
}

int messenger_start(int channel_fd, struct messenger *messenger, struct failure *failure) {
    int task[2];
    if (pipe2(task, O_CLOEXEC) != 0)
        return failure_set(failure, "cannot make a pipe: %s", strerror(errno));
    pid_t self = getpid();
    int pidfd = -1;
    long child = syscall(SYS_clone, CLONE_FILES | CLONE_PIDFD | SIGCHLD, 0, &pidfd, 0, 0);
    if (child == 0)
        send_one(self, task[0], channel_fd);
    if (child < 0)
        return failure_set(failure, "cannot start a process: %s", strerror(errno));
    // It reads there by the same number.
    *messenger = (struct messenger){.pidfd = pidfd, .task_fd = task[1]};
    return 0;
}

int messenger_finish(struct messenger *messenger, int listener) {
    siginfo_t end = {0};
    bool told = write(messenger->task_fd, &listener, sizeof listener) == (ssize_t)sizeof listener;
    close(messenger->task_fd);
    bool sent = told && waitid(P_PIDFD, (id_t)messenger->pidfd, &end, WEXITED) == 0 &&
                end.si_code == CLD_EXITED && end.si_status == 0;
    close(messenger->pidfd);
    return sent ? 0 : -1;
}
