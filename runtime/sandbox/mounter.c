// SPDX-License-Identifier: BSD-2-Clause
// The process that makes mounts for the program.
#include "mounter.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "divide.h"
#include "idle.h"
#include "layers.h"
#include "listener.h"
#include "probe.h"

static int compare(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

// Nothing is held but the trees and the channel: the ends of granted pipes are the program's.
static bool close_others(const struct grants *grants, int channel) {
    int *needed = calloc(grants->count + 1, sizeof *needed);
    if (needed == NULL)
        return false;
    size_t count = 0;
    needed[count++] = channel;
    for (size_t i = 0; i < grants->count; i++)
        if (grants->list[i].tree > 0)
            needed[count++] = grants->list[i].tree;
    qsort(needed, count, sizeof *needed, compare);
    unsigned next = 0;
    bool done = true;
    for (size_t i = 0; i < count; next = (unsigned)needed[i++] + 1)
        if ((unsigned)needed[i] > next)
            done = done && close_range(next, (unsigned)needed[i] - 1, 0) == 0;
    done = done && close_range(next, ~0U, 0) == 0;
    free(needed);
    return done;
}

// From here on it is ready for whatever the program may make of it: it reads hostile memory, and
// holds power over mounts.
static int confine(const struct grants *grants, int channel, struct failure *failure) {
    if (!close_others(grants, channel))
        return failure_set(failure, "cannot close descriptors: %s", strerror(errno));
    if (layer_mounter_privileges(failure) != 0 || layer_seccomp_mounter(failure) != 0)
        return -1;
    return probe_mounter(failure);
}

_Noreturn static void serve(const struct grants *grants, int channel) {
    struct failure failure = {0};
    if (confine(grants, channel, &failure) != 0) {
        ssize_t ignored = write(channel, failure.text, strlen(failure.text) + 1);
        _exit(ignored < 0 ? 2 : 1);
    }
    if (write(channel, "", 1) != 1)
        _exit(1);
    int listener = listener_receive(channel);
    if (listener < 0)
        _exit(0);
    close(channel);
    struct pollfd calls = {.fd = listener, .events = POLLIN};
    idle_release_code();
    for (;;) {
        if (poll(&calls, 1, -1) < 0)
            continue;
        if ((calls.revents & POLLIN) == 0)
            _exit(0); // nobody is left to ask
        listener_serve(listener, divide_directory);
    }
}

int mounter_await(int channel, struct failure *failure) {
    char text[sizeof failure->text];
    ssize_t got;
    do
        got = read(channel, text, sizeof text - 1);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return failure_set(failure, "the mounter ended before the program started");
    text[got] = '\0';
    return text[0] == '\0' ? 0 : failure_set(failure, "%s", text);
}

pid_t mounter_start(const struct grants *grants, int *channel, struct failure *failure) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return failure_set(failure, "cannot make a pair of sockets: %s", strerror(errno));
    sigset_t all, before;
    sigfillset(&all);
    // The terminal's signals are not meant for it.
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t mounter = fork();
    if (mounter == 0) {
        close(pair[0]);
        serve(grants, pair[1]);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(pair[1]);
    *channel = pair[0];
    return mounter > 0 ? mounter
                       : failure_set(failure, "cannot start the mounter: %s", strerror(errno));
}
