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

// Puts in the place of `fd` the same file, opened in the same mode through `tree`.
static int reopen(int fd, int tree, unsigned rights, const char *where, struct failure *failure) {
    int mode = fcntl(fd, F_GETFL);
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
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", tree);
    int opened = open(link, (mode & (O_ACCMODE | O_APPEND)) | O_CLOEXEC | O_NOCTTY);
    if (opened < 0)
        return fail(failure, where, "open");
    struct stat before, after;
    struct statvfs status;
    int result = -1;
    if (fstat(fd, &before) != 0 || fstat(opened, &after) != 0 || before.st_dev != after.st_dev ||
        before.st_ino != after.st_ino)
        failure_set(failure, "%s: this file was moved or replaced meanwhile: try again", where);
    else if (fstatvfs(opened, &status) != 0 || (status.f_flag & wanted) != wanted)
        failure_set(failure,
                    "%s: the granted file's mount does not carry the flags it was given: this "
                    "kernel cannot confine it",
                    where);
    else if (dup3(opened, fd, O_CLOEXEC) < 0)
        fail(failure, where, "dup3");
    else
        result = 0;
    close(opened);
    return result;
}

// As a path, since a mount of another name space cannot be cloned through a descriptor. Returns the
// tree.
static int mount_by_path(int fd, unsigned rights, const char *where, struct failure *failure) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return fail(failure, where, "readlink");
    path[length] = '\0';
    int tree = open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);
    if (tree < 0)
        return fail(failure, where, "open_tree");
    return reopen(fd, tree, rights, where, failure) == 0 ? tree : -1;
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

int file_mount_privileged(int fd, unsigned rights) {
    struct failure ignored;
    int tree = open_tree(fd, "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH);
    if (tree < 0 || reopen(fd, tree, rights, "", &ignored) == 0)
        return tree < 0 ? 0 : tree;
    close(tree);
    return 0;
}

void file_mounts_privileged(struct grants *grants) {
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        unsigned rights = rights_of(grant);
        grant->tree = rights != 0 ? file_mount_privileged(grant->fd, rights) : 0;
    }
}

int layer_loader(int fd, struct failure *failure) {
    return mount_by_path(fd, GRANT_READ | GRANT_EXEC, "the loader", failure);
}

int layer_path_files(struct grants *grants, struct failure *failure) {
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        unsigned rights = rights_of(grant);
        if (rights == 0 || grant->tree > 0)
            continue;
        grant->tree = mount_by_path(grant->fd, rights, grant->where, failure);
        if (grant->tree < 0)
            return -1;
    }
    return 0;
}
