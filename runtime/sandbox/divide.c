// SPDX-License-Identifier: BSD-2-Clause
// Makes a mount of a directory that somebody holds. It has to lie on a granted directory's mount,
// which is in this name space, or on one that was made here: the kernel clones no other.
#include "divide.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

// A mount that is to be divided further needs its tree open. The oldest give way: what was made
// from them stays in use, but is not divided any more.
#define TREES_MAX 256u

static int trees[TREES_MAX];
static unsigned made;

static void keep(int tree) {
    if (made >= TREES_MAX)
        close(trees[made % TREES_MAX]);
    trees[made++ % TREES_MAX] = tree;
}

static bool has_flags(int fd, unsigned long wanted) {
    struct statvfs status;
    return fstatvfs(fd, &status) == 0 && (status.f_flag & wanted) == wanted;
}

// Of a mount from elsewhere (`!fd`, where no path leads) its root can be given, if no more is asked
// than it is already.
static int root_of(int directory, unsigned long wanted) {
    struct stat here, above;
    if (fstat(directory, &here) != 0 || fstatat(directory, "..", &above, 0) != 0 ||
        here.st_dev != above.st_dev || here.st_ino != above.st_ino || !has_flags(directory, wanted))
        return -EPERM;
    int fd = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

// Returns the new mount's root.
static int mount_of(int directory, uint64_t rights) {
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
    unsigned long wanted = ST_NOSUID | ST_NODEV;
    if ((rights & ATTENUATION_CHANGING) == 0) {
        attributes.attr_set |= MOUNT_ATTR_RDONLY;
        wanted |= ST_RDONLY;
    }
    if ((rights & ATTENUATION_EXECUTING) == 0) {
        attributes.attr_set |= MOUNT_ATTR_NOEXEC;
        wanted |= ST_NOEXEC;
    }
    int tree = open_tree(directory, "",
                         OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE | AT_EMPTY_PATH);
    if (tree < 0)
        return errno == EINVAL ? root_of(directory, wanted) : -errno;
    int fd = -1;
    if (mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes) == 0)
        fd = openat(tree, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = fd < 0 ? errno : has_flags(fd, wanted) ? 0 : EPERM;
    if (error == 0) {
        keep(tree);
        return fd;
    }
    if (fd >= 0)
        close(fd);
    close(tree);
    return -error;
}

static int divide(const struct caller *caller, int directory, uint64_t rights) {
    struct stat status;
    if (fstat(directory, &status) != 0 || !S_ISDIR(status.st_mode))
        return -EOPNOTSUPP;
    return caller_waits(caller) ? mount_of(directory, rights) : -EINTR;
}

int64_t divide_directory(const struct caller *caller) {
    struct attenuation asked;
    int result = caller_read_attenuation(caller, &asked);
    if (result != 0)
        return result;
    int directory = caller_fd(caller, caller->arguments[0]);
    if (directory < 0)
        return directory;
    int fd = divide(caller, directory, asked.base | asked.inheriting);
    close(directory);
    if (fd < 0)
        return fd;
    return caller_give(caller, fd, asked.flags != 0);
}
