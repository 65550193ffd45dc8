// SPDX-License-Identifier: BSD-2-Clause
// An empty root: a path without a granted directory leads nowhere.
#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "layers.h"

int layer_empty_root(struct failure *failure) {
    int context = fsopen("tmpfs", FSOPEN_CLOEXEC);
    if (context < 0)
        return failure_set(failure, "the kernel denies an empty root: fsopen: %s", strerror(errno));
    if (fsconfig(context, FSCONFIG_SET_STRING, "mode", "0555", 0) != 0 ||
        fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) != 0)
        return failure_set(failure, "the kernel denies an empty root: fsconfig: %s",
                           strerror(errno));
    int root =
        fsmount(context, FSMOUNT_CLOEXEC,
                MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
    if (root < 0)
        return failure_set(failure, "the kernel denies an empty root: fsmount: %s",
                           strerror(errno));
    if (fchdir(root) != 0 || chroot(".") != 0)
        return failure_set(failure, "the kernel denies an empty root: chroot: %s", strerror(errno));
    close(context);
    return root;
}
