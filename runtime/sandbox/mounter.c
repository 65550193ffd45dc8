// SPDX-License-Identifier: BSD-2-Clause
// The process that makes mounts for the program.
#include "mounter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "divide.h"
#include "layers.h"
#include "listener.h"
#include "probe.h"

enum { USER_NAMESPACE, MOUNT_NAMESPACE, ROOT };

// Nothing is held but the listener.
static bool close_others(int listener) {
    return (listener == 0 || close_range(0, (unsigned)listener - 1, 0) == 0) &&
           close_range((unsigned)listener + 1, ~0U, 0) == 0;
}

// Name spaces have inode numbers, which tell them apart, on one file system; the root has a file
// system of its own.
static bool is_same(const char *path, int wanted, bool inode) {
    struct stat mine, theirs;
    return stat(path, &mine) == 0 && fstat(wanted, &theirs) == 0 && mine.st_dev == theirs.st_dev &&
           (!inode || mine.st_ino == theirs.st_ino);
}

// Its root becomes the sandbox's.
static int enter(const int *fds, pid_t supervisor, struct failure *failure) {
    if (setns(fds[USER_NAMESPACE], CLONE_NEWUSER) != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's user name space: %s",
                           strerror(errno));
    bool is_in = is_same("/proc/self/ns/user", fds[USER_NAMESPACE], true);
    if (setns(fds[MOUNT_NAMESPACE], CLONE_NEWNS) != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's mount name space: %s",
                           strerror(errno));
    // What is mounted last on the name space's root is the sandbox's.
    if (!is_in || !is_same("/", fds[ROOT], false))
        return failure_set(failure, "the mounter is not in the sandbox's name spaces");
    if (fchdir(fds[ROOT]) != 0 || chroot(".") != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's root: %s",
                           strerror(errno));
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != supervisor)
        return failure_set(failure, "cannot tie the mounter to its launcher: %s", strerror(errno));
    return 0;
}

// From here on it is ready for whatever the program may make of it: it reads hostile memory, and
// holds power over mounts.
static int confine(int listener, struct failure *failure) {
    if (!close_others(listener))
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

pid_t mounter_start(const int fds[MOUNTER_FDS], int listener, struct failure *failure) {
    sigset_t all, before;
    sigfillset(&all);
    // The terminal's signals are not meant for it.
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t supervisor = getpid(), mounter = fork();
    if (mounter == 0) {
        if (enter(fds, supervisor, failure) == 0 && confine(listener, failure) == 0)
            serve(listener);
        _exit(1);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return mounter > 0 ? mounter
                       : failure_set(failure, "cannot start the mounter: %s", strerror(errno));
}

int mounter_send(int channel, const struct mounter_place *place, struct failure *failure) {
    const int fds[MOUNTER_FDS] = {
        [USER_NAMESPACE] = place->user_namespace,
        [MOUNT_NAMESPACE] = place->mount_namespace,
        [ROOT] = place->root,
    };
    return channel_send(channel, fds, MOUNTER_FDS) == 0
               ? 0
               : failure_set(failure, "cannot reach the supervisor: %s", strerror(errno));
}
