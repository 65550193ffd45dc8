// SPDX-License-Identifier: BSD-2-Clause
// What the granted directories' mounts are attached to: a directory that nobody may look into, so
// that `..` of a granted one leads no further. In it lies another, which is empty: the root. A path
// without a granted directory leads nowhere.
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decimal.h"
#include "filesystems.h"
#include "layers.h"

static int fail(struct failure *failure, const char *step) {
    return failure_set(failure, "the kernel denies an empty root: %s: %s", step, strerror(errno));
}

// Without permissions for anybody. Until it gives its capabilities up, the worker needs none.
// Nothing is ever written there that would have to be counted or swapped out, as tmpfs would.
static int make_carrier(struct failure *failure) {
    int context = fsopen("ramfs", FSOPEN_CLOEXEC);
    if (context < 0)
        return fail(failure, "fsopen");
    if (fsconfig(context, FSCONFIG_SET_STRING, "mode", "0", 0) != 0 ||
        fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) != 0)
        return fail(failure, "fsconfig");
    unsigned attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    int carrier = fsmount(context, FSMOUNT_CLOEXEC, attributes);
    if (carrier < 0)
        return fail(failure, "fsmount");
    close(context);
    // In the name space: that of a detached mount would end, and with it what is mounted there.
    if (move_mount(carrier, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH) != 0)
        return fail(failure, "move_mount");
    return carrier;
}

static int attach(int tree, bool directory, int carrier, const char *name,
                  struct failure *failure) {
    if (directory ? mkdirat(carrier, name, 0) != 0 : mknodat(carrier, name, S_IFREG, 0) != 0)
        return fail(failure, directory ? "mkdirat" : "mknodat");
    if (move_mount(tree, "", carrier, name, MOVE_MOUNT_F_EMPTY_PATH) != 0)
        return fail(failure, "move_mount");
    return 0;
}

static int check_each(const struct grants *grants, struct failure *failure) {
    for (size_t i = 0; i < grants->count; i++) {
        const struct grant *grant = &grants->list[i];
        const char *directory = grant->path != NULL ? grant->path : grant->host_path;
        if (grant->attached &&
            filesystem_check_mounts(grant->tree, directory, grant->where, failure) != 0)
            return -1;
    }
    return 0;
}

// A mount in the name space can be divided (divide.c), and is given back with all others at once:
// for a detached one the kernel would wait for all processors.
static int attach_all(struct grants *grants, int carrier, struct failure *failure) {
    size_t attached = 0;
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        if (grant->tree <= 0)
            continue;
        char name[DECIMAL_SIZE];
        decimal(name, i);
        if (attach(grant->tree, grant->directory, carrier, name, failure) != 0)
            return -1;
        grant->attached = grant->directory;
        attached++;
    }
    if (grants->loader_tree > 0) {
        if (attach(grants->loader_tree, false, carrier, "loader", failure) != 0)
            return -1;
        attached++;
    }
    // Only what is attached can be listed. Mostly nothing is mounted on any of them.
    return filesystem_count_mounts(carrier) == attached ? 0 : check_each(grants, failure);
}

int layer_root(struct grants *grants, struct failure *failure) {
    int carrier = make_carrier(failure);
    if (carrier < 0 || attach_all(grants, carrier, failure) != 0)
        return -1;
    // Not the carrier itself, for who is not in a chroot may make a user name space.
    const char *name = &LAYER_ROOT[1];
    if (mkdirat(carrier, name, 0555) != 0)
        return fail(failure, "mkdirat");
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
    if (mount_setattr(carrier, "", AT_EMPTY_PATH, &attributes, sizeof attributes) != 0)
        return fail(failure, "mount_setattr");
    if (fchdir(carrier) != 0 || chdir(name) != 0 || chroot(".") != 0)
        return fail(failure, "chroot");
    close(carrier);
    return 0;
}
