// SPDX-License-Identifier: BSD-2-Clause
// What is mounted on a tree of mounts, as the kernel lists it. That takes a hundredth of the time
// that procfs needs, and nothing can be mounted in between.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "filesystems.h"

// Newer than the C library: the kernel's stable interface is written down here (statx(2),
// statmount(2), listmount(2)).
#ifndef SYS_statmount
#define SYS_statmount 457
#define SYS_listmount 458
#endif
#define MOUNT_ID_UNIQUE 0x4000U
#define MOUNT_POINT 0x10U
#define MOUNT_TYPE 0x20U

struct status_of_file {
    uint32_t mask, others[35];
    uint64_t mount, spare[13];
};

struct mount_request {
    uint32_t size, spare;
    uint64_t mount, parameter;
};

struct status_of_mount {
    uint32_t size, options;
    uint64_t mask;
    uint32_t device[2];
    uint64_t magic;
    uint32_t flags, type;
    uint64_t others[8];
    uint32_t root, point;
    uint64_t spare[50];
    char text[PATH_MAX + 256];
};

_Static_assert(sizeof(struct status_of_file) == 256, "the kernel's size");
_Static_assert(offsetof(struct status_of_mount, text) == 512, "the kernel's size");

static int check_mount(uint64_t mount, const char *directory, const char *where,
                       struct failure *failure) {
    struct mount_request request = {sizeof request, 0, mount, MOUNT_POINT | MOUNT_TYPE};
    struct status_of_mount status;
    if (syscall(SYS_statmount, &request, &status, sizeof status, 0) != 0 ||
        (status.mask & request.parameter) != request.parameter)
        return failure_set(failure, "%s: cannot tell what is mounted below '%s': statmount: %s",
                           where, directory, strerror(errno));
    const char *type = status.text + status.type, *point = status.text + status.point;
    // The first part is what the tree is attached to.
    const char *place = strchr(point + 1, '/');
    return filesystem_refuse_mount(type, place == NULL ? point : place + 1, where, failure);
}

// Lists mounts below that of `tree`, from the one after request->parameter on; the first time
// request->size is 0.
static long list_mounts(int tree, struct mount_request *request, uint64_t *mounts, size_t room) {
    if (request->size == 0) {
        struct status_of_file status;
        if (syscall(SYS_statx, tree, "", AT_EMPTY_PATH, MOUNT_ID_UNIQUE, &status) != 0)
            return -1;
        if ((status.mask & MOUNT_ID_UNIQUE) == 0) {
            errno = ENOSYS;
            return -1;
        }
        *request = (struct mount_request){.size = sizeof *request, .mount = status.mount};
    }
    long count = syscall(SYS_listmount, request, mounts, room, 0);
    if (count > 0)
        request->parameter = mounts[count - 1];
    return count;
}

enum { LIST_MAX = 64 };

size_t filesystem_count_mounts(int tree) {
    struct mount_request request = {0};
    uint64_t mounts[LIST_MAX];
    size_t all = 0;
    for (long count = LIST_MAX; count == LIST_MAX; all += (size_t)count) {
        count = list_mounts(tree, &request, mounts, LIST_MAX);
        if (count < 0)
            return SIZE_MAX;
    }
    return all;
}

int filesystem_check_mounts(int tree, const char *directory, const char *where,
                            struct failure *failure) {
    struct mount_request request = {0};
    uint64_t mounts[LIST_MAX];
    for (long count = LIST_MAX; count == LIST_MAX;) {
        count = list_mounts(tree, &request, mounts, LIST_MAX);
        if (count < 0)
            return failure_set(failure, "%s: cannot tell what is mounted below '%s': listmount: %s",
                               where, directory, strerror(errno));
        for (long i = 0; i < count; i++)
            if (check_mount(mounts[i], directory, where, failure) != 0)
                return -1;
    }
    return 0;
}
