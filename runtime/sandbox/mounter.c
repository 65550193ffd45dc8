// SPDX-License-Identifier: BSD-2-Clause
// Serves requests for mounts of subdirectories. What it acts on has to lie on a mount that was made
// from one of the granted trees in this name space: the kernel clones no other.
#include "mounter.h"

#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attenuate.h"
#include "idle.h"
#include "listener.h"
#include "strict/caller.h"

// A mount that is to be divided further needs its tree open. The oldest give way: what was made
// from them stays in use, but is not divided any more.
#define TREES_MAX 256u

#define CHANGING                                                                                   \
    (CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY |                              \
     CLOUDABI_RIGHT_FILE_CREATE_FILE | CLOUDABI_RIGHT_FILE_LINK_SOURCE |                           \
     CLOUDABI_RIGHT_FILE_LINK_TARGET | CLOUDABI_RIGHT_FILE_RENAME_SOURCE |                         \
     CLOUDABI_RIGHT_FILE_RENAME_TARGET | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE |                      \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES | CLOUDABI_RIGHT_FILE_STAT_PUT_TIMES |                    \
     CLOUDABI_RIGHT_FILE_SYMLINK | CLOUDABI_RIGHT_FILE_UNLINK | CLOUDABI_RIGHT_FILE_ALLOCATE)
#define EXECUTING (CLOUDABI_RIGHT_PROC_EXEC | CLOUDABI_RIGHT_MEM_MAP_EXEC)

static int trees[TREES_MAX];
static unsigned made;

static void keep(int tree) {
    if (made >= TREES_MAX)
        close(trees[made % TREES_MAX]);
    trees[made++ % TREES_MAX] = tree;
}

// Returns the new mount's root.
static int mount_of(int directory, uint64_t rights) {
    int tree = open_tree(directory, "",
                         OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE | AT_EMPTY_PATH);
    if (tree < 0)
        return errno == EINVAL ? -EPERM : -errno;
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    unsigned long wanted = ST_NOSUID | ST_NODEV;
    if ((rights & CHANGING) == 0) {
        attributes.attr_set |= MOUNT_ATTR_RDONLY;
        wanted |= ST_RDONLY;
    }
    if ((rights & EXECUTING) == 0) {
        attributes.attr_set |= MOUNT_ATTR_NOEXEC;
        wanted |= ST_NOEXEC;
    }
    int fd = -1;
    struct statvfs status;
    if (mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) == 0)
        fd = openat(tree, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fstatvfs(fd, &status) != 0 || (status.f_flag & wanted) != wanted) {
        int error = errno != 0 ? errno : EPERM;
        if (fd >= 0)
            close(fd);
        close(tree);
        return -error;
    }
    keep(tree);
    return fd;
}

static int64_t attenuate(const struct caller *caller) {
    struct attenuation asked;
    char nothing;
    int64_t result = caller_read(caller, caller->arguments[2], &asked, sizeof asked);
    if (result == 0)
        result = caller_read(caller, caller->arguments[1], &nothing, 1);
    if (result != 0)
        return result;
    if (nothing != '\0' || (asked.flags & ~(uint64_t)O_CLOEXEC) != 0 || asked.mode != 0 ||
        asked.resolve != 0)
        return -EINVAL;
    int directory = caller_fd(caller, caller->arguments[0]);
    if (directory < 0)
        return directory;
    struct stat status;
    if (fstat(directory, &status) != 0 || !S_ISDIR(status.st_mode))
        result = -EOPNOTSUPP;
    else
        result = caller_waits(caller) ? mount_of(directory, asked.base | asked.inheriting) : -EINTR;
    close(directory);
    if (result < 0)
        return result;
    int fd = (int)result;
    result = caller_give(caller, fd, asked.flags != 0);
    close(fd);
    return result;
}

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

_Noreturn static void serve(const struct grants *grants, int channel) {
    if (!close_others(grants, channel))
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
        listener_serve(listener, attenuate);
    }
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
