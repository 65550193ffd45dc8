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

// Nothing is held but the listener.
static bool close_others(int listener) {
    return (listener == 0 || close_range(0, (unsigned)listener - 1, 0) == 0) &&
           close_range((unsigned)listener + 1, ~0U, 0) == 0;
}

// Its root becomes the sandbox's.
static int enter(int place, struct failure *failure) {
    struct stat before, after;
    bool known = stat("/", &before) == 0;
    if (setns(place, CLONE_NEWNS) != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's mount name space: %s",
                           strerror(errno));
    // What is mounted last on the name space's root is the sandbox's, which has a file system of
    // its own.
    if (!known || stat("/", &after) != 0 || before.st_dev == after.st_dev)
        return failure_set(failure, "the mounter is not in the sandbox's mount name space");
    if (chdir(LAYER_ROOT) != 0 || chroot(".") != 0)
        return failure_set(failure, "the mounter cannot enter the sandbox's root: %s",
                           strerror(errno));
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

pid_t mounter_start(int place, int listener, struct failure *failure) {
    pid_t mounter = fork();
    if (mounter == 0) {
        sigset_t all;
        // The terminal's signals are not meant for it.
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, NULL);
        if (enter(place, failure) == 0 && confine(listener, failure) == 0)
            serve(listener);
        _exit(1);
    }
    return mounter > 0 ? mounter
                       : failure_set(failure, "cannot start the mounter: %s", strerror(errno));
}
