// SPDX-License-Identifier: BSD-2-Clause
#include "supervise.h"

#include <stdint.h>
#include <sys/wait.h>
#include <time.h>

enum { GRACE_MS = 1000 };

static const int forwarded[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

void supervise_block(sigset_t *set) {
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

bool supervise_passes_on(int number) {
    for (size_t i = 0; i < sizeof forwarded / sizeof forwarded[0]; i++)
        if (forwarded[i] == number)
            return true;
    return false;
}

// A program that has stopped itself would never take it without being continued.
void supervise_pass_on(pid_t process, int number) {
    kill(process, number);
    kill(process, SIGCONT);
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int supervise(pid_t child, const sigset_t *set) {
    static const struct timespec moment = {.tv_nsec = 100000000};
    // Nothing that is passed on can be survived, unless machine code blocks it.
    int64_t end = INT64_MAX;
    for (;;) {
        int status;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
            if (ended == child)
                return status;
        int number = end == INT64_MAX ? sigwaitinfo(set, NULL) : sigtimedwait(set, NULL, &moment);
        if (number > 0 && number != SIGCHLD) {
            supervise_pass_on(child, number);
            if (end == INT64_MAX)
                end = now_ms() + GRACE_MS;
        }
        if (end != INT64_MAX && now_ms() >= end)
            kill(child, SIGKILL);
    }
}
