// SPDX-License-Identifier: BSD-2-Clause
// A plain file that is granted gets a mount of its own as well. A descriptor that is open for
// reading would otherwise let its owner set the file's times, and let anybody execute it or map it
// for execution.
#include "file_mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "layers.h"

static int fail(struct failure *failure, const char *where, const char *step) {
    return failure_set(failure, "%s: cannot give this file a mount of its own: %s: %s", where, step,
                       strerror(errno));
}

static int check(int fd, int tree, unsigned long wanted, const char *where,
                 struct failure *failure) {
    struct stat before, after;
    struct statvfs status;
    if (fstat(fd, &before) != 0 || fstat(tree, &after) != 0 || before.st_dev != after.st_dev ||
        before.st_ino != after.st_ino)
        return failure_set(failure, "%s: this file was moved or replaced meanwhile: try again",
                           where);
    if (fstatvfs(tree, &status) != 0 || (status.f_flag & wanted) != wanted)
        return failure_set(failure,
                           "%s: the granted file's mount does not carry the flags it was given: "
                           "this kernel cannot confine it",
                           where);
    return 0;
}

// `tree` is to be of the same file as `fd`, and gets the flags that follow from its mode.
static int restrict_tree(int fd, int mode, int tree, unsigned rights, const char *where,
                         struct failure *failure) {
    struct mount_attr attributes = {
        .attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV,
        .propagation = MS_PRIVATE,
    };
    unsigned long wanted = ST_NOSUID | ST_NODEV;
    if ((mode & O_ACCMODE) == O_RDONLY) {
        attributes.attr_set |= MOUNT_ATTR_RDONLY;
        wanted |= ST_RDONLY;
    }
    if (!(rights & GRANT_EXEC)) {
        attributes.attr_set |= MOUNT_ATTR_NOEXEC;
        wanted |= ST_NOEXEC;
    }
    if (mode < 0 || mount_setattr(tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) != 0)
        return fail(failure, where, "mount_setattr");
    return check(fd, tree, wanted, where, failure);
}

// The same file as `fd`, opened in the same mode through `tree`.
static int reopen(int fd, int tree, unsigned rights, const char *where, struct failure *failure) {
    int mode = fcntl(fd, F_GETFL);
    if (restrict_tree(fd, mode, tree, rights, where, failure) != 0)
        return -1;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", tree);
    int opened = open(link, (mode & (O_ACCMODE | O_APPEND)) | O_CLOEXEC | O_NOCTTY);
    return opened < 0 ? fail(failure, where, "open") : opened;
}

// As a path, since a mount of another name space cannot be cloned through a descriptor.
static int clone_by_path(int fd, const char *where, struct failure *failure) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return fail(failure, where, "readlink");
    path[length] = '\0';
    int tree = open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);
    return tree < 0 ? fail(failure, where, "open_tree") : tree;
}

static int clone_privileged(int fd) {
    return open_tree(fd, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
}

// Devices and pipes stay as they are: nobody executes them, and a mount without devices would not
// open them. What came as a descriptor stays as well, since its offset is shared.
static unsigned rights_of(const struct grant *grant) {
    struct stat status;
    if (grant->fd < 0 || grant->directory ||
        (fstat(grant->fd, &status) == 0 && !S_ISREG(status.st_mode)))
        return 0;
    if (grant->kind == GRANT_PATH)
        return grant->rights;
    return grant->kind == GRANT_PROGRAM ? GRANT_READ | GRANT_EXEC : 0;
}

static int mount_privileged(int fd, unsigned rights) {
    struct failure ignored;
    int tree = clone_privileged(fd);
    int opened = tree < 0 ? -1 : reopen(fd, tree, rights, "", &ignored);
    bool replaced = opened >= 0 && dup3(opened, fd, O_CLOEXEC) == fd;
    if (opened >= 0)
        close(opened);
    if (tree >= 0 && !replaced)
        close(tree);
    return replaced ? tree : 0;
}

void file_mounts_privileged(struct grants *grants, int loader_fd) {
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        unsigned rights = rights_of(grant);
        grant->tree = rights != 0 ? mount_privileged(grant->fd, rights) : 0;
    }
    int tree = clone_privileged(loader_fd);
    grants->loader_tree = tree < 0 ? 0 : tree;
}

int layer_files(struct grants *grants, int loader_fd, struct failure *failure) {
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        unsigned rights = rights_of(grant);
        if (rights == 0 || grant->tree > 0)
            continue;
        grant->tree = clone_by_path(grant->fd, grant->where, failure);
        // The old descriptor stays for strict mode, should that take over.
        if (grant->tree < 0 ||
            (grant->fd = reopen(grant->fd, grant->tree, rights, grant->where, failure)) < 0)
            return -1;
    }
    if (loader_fd < 0)
        return 0;
    static const char where[] = "the loader";
    if (grants->loader_tree == 0 &&
        (grants->loader_tree = clone_by_path(loader_fd, where, failure)) < 0)
        return -1;
    return restrict_tree(loader_fd, O_RDONLY, grants->loader_tree, GRANT_EXEC, where, failure);
}
