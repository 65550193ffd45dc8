// SPDX-License-Identifier: BSD-2-Clause
// User and mount name spaces: they let an ordinary user build mounts, and hide the host's.
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "decimal.h"
#include "layers.h"

#define MEND_NAMESPACES                                                                            \
    "allow them to ordinary users (sysctl user.max_user_namespaces, user.max_pid_namespaces, "     \
    "kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0), or in "  \
    "a container let its profile pass unshare and mount"

static int write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t length = (ssize_t)strlen(text);
    ssize_t written = write(fd, text, (size_t)length);
    int error = errno;
    close(fd);
    errno = error;
    return written == length ? 0 : -1;
}

int layer_namespaces_denied(struct failure *failure) {
    return failure_set(failure,
                       "the kernel denies user and process name spaces: %s: " MEND_NAMESPACES,
                       strerror(errno));
}

#define MAP_SIZE (2 * DECIMAL_SIZE + 4)

static void map_to_itself(char map[MAP_SIZE], unsigned long number) {
    char *next = decimal(map, number);
    *next++ = ' ';
    strcpy(decimal(next, number), " 1\n");
}

int layer_user_namespace(uid_t user, gid_t group, struct failure *failure) {
    char uid_map[MAP_SIZE], gid_map[MAP_SIZE];
    // Only one's own numbers can be mapped without privilege, and each to itself keeps `ls -l`
    // honest for who looks at the files from outside.
    map_to_itself(uid_map, user);
    map_to_itself(gid_map, group);
    const char *step = "setgroups";
    int result = write_file("/proc/self/setgroups", "deny");
    if (result == 0) {
        step = "uid_map";
        result = write_file("/proc/self/uid_map", uid_map);
    }
    if (result == 0) {
        step = "gid_map";
        result = write_file("/proc/self/gid_map", gid_map);
    }
    if (result != 0)
        return failure_set(failure,
                           "the kernel denies power in a user name space: /proc/self/%s: "
                           "%s: " MEND_NAMESPACES,
                           step, strerror(errno));
    return 0;
}

int layer_mount_namespace(struct failure *failure) {
    if (unshare(CLONE_NEWNS) == 0)
        return 0;
    return failure_set(failure, "the kernel denies a mount name space: %s: " MEND_NAMESPACES,
                       strerror(errno));
}
