// SPDX-License-Identifier: BSD-2-Clause
// The calls that wait. They are never answered with "continue" where their arguments are in memory:
// by then they may be others.
#include "serve.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>

#include "../attenuate.h"
#include "../listener.h"
#include "calls.h"

static int64_t perform(const struct caller *caller) {
    switch (caller->number) {
    case SYS_openat2:
        return caller->arguments[3] == sizeof(struct attenuation) ? call_attenuate(caller)
                                                                  : call_openat2(caller);
    case SYS_mkdirat:
        return call_mkdirat(caller);
    case SYS_symlinkat:
        return call_symlinkat(caller);
    case SYS_renameat:
        return call_renameat(caller);
    case SYS_linkat:
        return call_linkat(caller);
    case SYS_unlinkat:
        return call_unlinkat(caller);
    case SYS_newfstatat:
        return call_newfstatat(caller);
    case SYS_readlinkat:
        return call_readlinkat(caller);
    case SYS_utimensat:
        return call_utimensat(caller);
    case SYS_fcntl:
        return call_fcntl(caller);
    case SYS_ftruncate:
        return call_ftruncate(caller);
    case SYS_fallocate:
        return call_fallocate(caller);
    case SYS_getdents64:
        return call_getdents64(caller);
    case SYS_mmap:
        return call_mmap(caller);
    case SYS_lseek:
        return call_lseek(caller);
    case SYS_fadvise64:
        return call_fadvise64(caller);
    case SYS_fsync:
        return call_fsync(caller);
    case SYS_fdatasync:
        return call_fdatasync(caller);
    case SYS_fstat:
        return call_fstat(caller);
    default:
        return -ENOSYS;
    }
}

// One that hangs, say on a file system that does not answer, does not hold up the others. More
// would only be more for a program to keep busy.
#define THREADS_MAX 4

// Newer than some systems' headers.
#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#endif

static atomic_int threads, idle;
static _Thread_local int serving; // the listener; -1 while a call is performed

static int add_thread(int listener);

static int64_t perform_apart(const struct caller *caller) {
    serving = -1;
    if (atomic_fetch_sub(&idle, 1) == 1)
        add_thread(caller->listener);
    return perform(caller);
}

static bool nobody_is_left(int listener) {
    struct pollfd calls = {.fd = listener, .events = 0};
    return poll(&calls, 1, 0) != 0;
}

static void *serve(void *argument) {
    int listener = (int)(intptr_t)argument;
    for (;;) {
        atomic_fetch_add(&idle, 1);
        serving = listener;
        bool taken = listener_serve(listener, perform_apart);
        if (serving >= 0)
            atomic_fetch_sub(&idle, 1);
        if (!taken && nobody_is_left(listener))
            break;
    }
    atomic_fetch_sub(&threads, 1);
    return NULL;
}

static int add_thread(int listener) {
    pthread_t thread;
    int result = EAGAIN;
    if (atomic_fetch_add(&threads, 1) < THREADS_MAX)
        result = pthread_create(&thread, NULL, serve, (void *)(intptr_t)listener);
    if (result == 0)
        pthread_detach(thread);
    else
        atomic_fetch_sub(&threads, 1);
    return result;
}

bool strict_served(void) {
    const struct timespec pause = {.tv_nsec = 50000};
    for (int rounds = 0; threads > 0 && rounds < 10000; rounds++)
        nanosleep(&pause, NULL);
    return threads == 0;
}

int strict_serve(int listener, struct failure *failure) {
    // The caller sleeps while it is served: best on its processor. Without, it only takes longer.
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
    int result = add_thread(listener);
    return result == 0 ? 0
                       : failure_set(failure, "cannot make a thread to serve the program: %s",
                                     strerror(result));
}
