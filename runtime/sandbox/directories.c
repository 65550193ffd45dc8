// SPDX-License-Identifier: BSD-2-Clause
// A granted directory becomes a mount of its own: `..`, links and renames cannot leave it, and its
// flags hold whatever the program does.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filesystems.h"
#include "layers.h"

// Where it has no mount above: probe.c looks at the others.
static int check_detached(int fd, const struct grant *grant, struct failure *failure) {
    struct stat here, above;
    if (fstat(fd, &here) == 0 && fstatat(fd, "..", &above, 0) == 0 && here.st_dev == above.st_dev &&
        here.st_ino == above.st_ino)
        return 0;
    return failure_set(failure,
                       "%s: '..' of the granted directory leads out of it: this kernel cannot "
                       "confine it",
                       grant->where);
}

// `path` is looked up in the name space that this process is in now: a descriptor from another one
// cannot be cloned. `kept`: the tree is, and looked at when it is attached to the root.
static int clone_directory(const char *path, struct grant *grant, bool kept,
                           struct failure *failure) {
    const char *name = grant->path != NULL ? grant->path : "this descriptor";
    int tree = open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
    if (tree < 0)
        return failure_set(failure, "%s: cannot make a mount of '%s': open_tree: %s", grant->where,
                           name, strerror(errno));
    unsigned rights = grant->kind == GRANT_PATH ? grant->rights : GRANT_READ;
    struct mount_attr attributes = {
        .attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV,
        .propagation = MS_PRIVATE,
    };
    unsigned long wanted = ST_NOSUID | ST_NODEV;
    if (!(rights & GRANT_WRITE)) {
        attributes.attr_set |= MOUNT_ATTR_RDONLY;
        wanted |= ST_RDONLY;
    }
    if (!(rights & GRANT_EXEC)) {
        attributes.attr_set |= MOUNT_ATTR_NOEXEC;
        wanted |= ST_NOEXEC;
    }
    // Without AT_RECURSIVE, mounts below would stay writable.
    if (mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) != 0)
        return failure_set(failure, "%s: cannot restrict the mount of '%s': mount_setattr: %s",
                           grant->where, name, strerror(errno));
    int fd = openat(tree, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // One from another name space could not be divided.
    if (kept)
        grant->tree = tree;
    else
        close(tree);
    if (fd < 0)
        return failure_set(failure, "%s: cannot open directory '%s': %s", grant->where, name,
                           strerror(errno));
    if (!kept && check_detached(fd, grant, failure) != 0)
        return -1;
    // The file system once more than in grants_open(): the path may lead elsewhere by now.
    unsigned long flags;
    if (filesystem_refuse(fd, &flags, grant->where, failure) != 0)
        return -1;
    if ((flags & wanted) != wanted)
        return failure_set(failure,
                           "%s: the granted directory's mount does not carry the flags "
                           "it was given: this kernel cannot confine it",
                           grant->where);
    return fd;
}

static bool same_directory(int one, int other) {
    struct stat a, b;
    return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

// Of the mount that a descriptor was opened through; -1 if it cannot be told.
static long mount_number(int fd) {
    char name[64], text[1024];
    snprintf(name, sizeof name, "/proc/self/fdinfo/%d", fd);
    int info = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t length = info < 0 ? -1 : read(info, text, sizeof text - 1);
    if (info >= 0)
        close(info);
    text[length < 0 ? 0 : length] = '\0';
    const char *line = strstr(text, "mnt_id:");
    return line == NULL ? -1 : strtol(line + strlen("mnt_id:"), NULL, 10);
}

// The path that leads to an inherited directory, by the mount that it was opened through; NULL if
// none does for this user.
static char *find_path(int directory) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    int found = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (found < 0)
        return NULL;
    long number = mount_number(directory);
    bool same = number >= 0 && mount_number(found) == number && same_directory(found, directory);
    close(found);
    return same ? strdup(path) : NULL;
}

static int clone_found(struct grant *grant, struct failure *failure) {
    int fd = clone_directory(grant->host_path, grant, true, failure);
    if (fd < 0)
        return -1;
    if (!same_directory(fd, grant->fd))
        return failure_set(failure, "%s: this directory was moved or replaced meanwhile: try again",
                           grant->where);
    // The raw host descriptor, which would climb to the host's root, ends with the exec.
    grant->fd = fd;
    return 0;
}

static int clone_by_path(struct grant *grant, struct failure *failure) {
    if (grant->kind == GRANT_INHERITED)
        return clone_found(grant, failure);
    grant->fd = clone_directory(grant->path, grant, true, failure);
    return grant->fd < 0 ? -1 : 0;
}

int layer_path_directories(struct grants *grants, struct failure *failure) {
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        if (!grant->directory || (grant->kind != GRANT_PATH && grant->host_path == NULL))
            continue;
        if (clone_by_path(grant, failure) != 0)
            return -1;
    }
    return 0;
}

// What a helper is told, and tells.
struct helper {
    struct grant *grant;
    int result; // a descriptor, which it replaces
    struct failure *failure;
};

static int convert(const struct helper *helper) {
    struct grant *grant = helper->grant;
    struct failure *failure = helper->failure;
    if (fchdir(grant->fd) != 0)
        return failure_set(failure, "%s: cannot enter the directory of descriptor %d: %s",
                           grant->where, grant->inherited, strerror(errno));
    if (layer_mount_namespace(failure) != 0)
        return -1;
    // From here on nobody else can mount anything below the directory.
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return failure_set(failure, "%s: the kernel denies private mounts: %s", grant->where,
                           strerror(errno));
    char *mounts = filesystem_mounts(failure);
    int here = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = -1;
    if (mounts != NULL && filesystem_check_below(here, mounts, grant->where, failure) == 0)
        fd = clone_directory(".", grant, false, failure);
    close(here);
    free(mounts);
    if (fd < 0)
        return -1;
    if (dup3(fd, helper->result, O_CLOEXEC) < 0)
        return failure_set(failure, "%s: %s", grant->where, strerror(errno));
    close(fd);
    return 0;
}

// Runs in a child that shares the worker's memory and descriptors, and has name spaces of its own.
// unshare() moves the working directory, and only that, into the new one.
static int helper_main(void *helper) {
    _exit(convert(helper) == 0 ? 0 : 1);
}

static int convert_inherited(struct grant *grant, struct failure *failure) {
    enum { STACK_SIZE = 32768 };
    char *stack = malloc(STACK_SIZE);
    // It takes the place of a copy. The raw host descriptor, which would climb to the host's root,
    // ends with the exec.
    struct helper helper = {grant, fcntl(grant->fd, F_DUPFD_CLOEXEC, 0), failure};
    if (stack == NULL || helper.result < 0)
        return failure_set(failure, "%s: %s", grant->where, strerror(errno));
    int child = clone(helper_main, stack + STACK_SIZE,
                      CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, &helper);
    if (child < 0)
        return failure_set(failure, "%s: cannot start a helper: %s", grant->where, strerror(errno));
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return failure_set(failure, "%s: %s", grant->where, strerror(errno));
    free(stack);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        grant->fd = helper.result;
        return 0;
    }
    if (failure->text[0] == '\0')
        failure_set(failure, "%s: the helper ended unexpectedly", grant->where);
    return -1;
}

int layer_inherited_directories(struct grants *grants, struct failure *failure) {
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        if (grant->kind != GRANT_INHERITED || !grant->directory)
            continue;
        // Through a path it is faster done, and can be divided then.
        grant->host_path = find_path(grant->fd);
        // One child each, as a name space once entered is not left again.
        if (grant->host_path == NULL && convert_inherited(grant, failure) != 0)
            return -1;
    }
    return 0;
}
