// SPDX-License-Identifier: BSD-2-Clause
// The process that makes mounts for the program.
#include "mounter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "divide.h"
#include "layers.h"
#include "listener.h"
#include "probe.h"

enum { USER_NAMESPACE, MOUNT_NAMESPACE, ROOT, TREES };

static int compare(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

// Nothing is held but the trees and the listener.
static bool close_others(const int *fds, size_t count, int listener) {
    int *needed = calloc(count + 1, sizeof *needed);
    if (needed == NULL)
        return false;
    memcpy(needed, fds, count * sizeof *needed);
    needed[count++] = listener;
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

static bool is_in(const char *own, int wanted) {
    struct stat mine, theirs;
    return stat(own, &mine) == 0 && fstat(wanted, &theirs) == 0 && mine.st_ino == theirs.st_ino;
}

// Its root becomes the sandbox's, where nothing is.
static int enter(const int *fds, pid_t supervisor, struct failure *failure) {
    if (setns(fds[USER_NAMESPACE], CLONE_NEWUSER) != 0 ||
        setns(fds[MOUNT_NAMESPACE], CLONE_NEWNS) != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's name spaces: %s",
                           strerror(errno));
    if (!is_in("/proc/self/ns/user", fds[USER_NAMESPACE]) ||
        !is_in("/proc/self/ns/mnt", fds[MOUNT_NAMESPACE]))
        return failure_set(failure, "the mounter is not in the sandbox's name spaces");
    if (fchdir(fds[ROOT]) != 0 || chroot(".") != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's root: %s",
                           strerror(errno));
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != supervisor)
        return failure_set(failure, "cannot tie the mounter to its launcher: %s", strerror(errno));
    for (int i = 0; i < TREES; i++)
        close(fds[i]);
    return 0;
}

// From here on it is ready for whatever the program may make of it: it reads hostile memory, and
// holds power over mounts.
static int confine(const int *trees, size_t count, int listener, struct failure *failure) {
    if (!close_others(trees, count, listener))
        return failure_set(failure, "cannot close descriptors: %s", strerror(errno));
    if (layer_mounter_privileges(failure) != 0 || layer_seccomp_mounter(failure) != 0)
        return -1;
    return probe_mounter(failure);
}

_Noreturn static void serve(int listener) {
    struct pollfd calls = {.fd = listener, .events = POLLIN};
    for (;;) {
        if (poll(&calls, 1, -1) < 0)
            continue;
        if ((calls.revents & POLLIN) == 0)
            _exit(0); // nobody is left to ask
        listener_serve(listener, divide_directory);
    }
}

pid_t mounter_start(const int *fds, size_t count, int listener, struct failure *failure) {
    if (count < TREES)
        return failure_set(failure, "the worker did not say where a mounter works");
    sigset_t all, before;
    sigfillset(&all);
    // The terminal's signals are not meant for it.
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t supervisor = getpid(), mounter = fork();
    if (mounter == 0) {
        if (enter(fds, supervisor, failure) == 0 &&
            confine(fds + TREES, count - TREES, listener, failure) == 0)
            serve(listener);
        _exit(1);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return mounter > 0 ? mounter
                       : failure_set(failure, "cannot start the mounter: %s", strerror(errno));
}

int mounter_send(int channel, const struct mounter_place *place, const struct grants *grants,
                 struct failure *failure) {
    int *fds = calloc(TREES + grants->count + 2, sizeof *fds);
    if (fds == NULL)
        return failure_set(failure, "%s", strerror(errno));
    fds[USER_NAMESPACE] = place->user_namespace;
    fds[MOUNT_NAMESPACE] = place->mount_namespace;
    fds[ROOT] = place->root;
    size_t count = TREES;
    for (size_t i = 0; i < grants->count; i++)
        if (grants->list[i].tree > 0)
            fds[count++] = grants->list[i].tree;
    if (grants->loader_tree > 0)
        fds[count++] = grants->loader_tree;
    if (grants->part_tree > 0)
        fds[count++] = grants->part_tree;
    int sent = channel_send(channel, fds, count);
    free(fds);
    return sent == 0 ? 0 : failure_set(failure, "cannot reach the supervisor: %s", strerror(errno));
}
