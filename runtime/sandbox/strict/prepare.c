// SPDX-License-Identifier: BSD-2-Clause
// Grants without mounts: each descriptor carries its rights as a mark.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../filesystems.h"
#include "appending.h"
#include "marks.h"
#include "serve.h"

static int mark(int fd, const struct rights *rights, const char *where, struct failure *failure) {
    int result = mark_set(fd, rights);
    if (result == 0)
        return 0;
    return failure_set(failure,
                       "%s: strict mode cannot write rights on a descriptor: %s: it needs "
                       "CONFIG_CHECKPOINT_RESTORE, and at most 128 different sets of rights",
                       where, strerror(-result));
}

// Opened anew even where it came as a descriptor: others may share that one's open file.
static int open_directory(struct grant *grant, const char *mounts, struct failure *failure) {
    char link[48];
    snprintf(link, sizeof link, "/proc/self/fd/%d", grant->fd);
    const char *path = grant->kind == GRANT_PATH ? grant->path : link;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return failure_set(failure, "%s: cannot open directory '%s': %s", grant->where,
                           grant->path != NULL ? grant->path : "this descriptor", strerror(errno));
    if (filesystem_refuse(fd, NULL, grant->where, failure) != 0 ||
        filesystem_check_below(fd, mounts, grant->where, failure) != 0) {
        close(fd);
        return -1;
    }
    if (grant->fd >= 0)
        close(grant->fd);
    grant->fd = fd;
    return 0;
}

int strict_open_directories(const struct grants *grants, struct failure *failure) {
    char *mounts = filesystem_mounts(failure);
    int result = mounts == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < grants->count; i++)
        if (grants->list[i].directory)
            result = open_directory(&grants->list[i], mounts, failure);
    free(mounts);
    return result;
}

int strict_prepare(const struct sandbox *sandbox, struct failure *failure) {
    static const struct rights program = {
        CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK | CLOUDABI_RIGHT_MEM_MAP_EXEC |
            CLOUDABI_RIGHT_PROC_EXEC,
        0,
    };
    if (strict_open_directories(sandbox->grants, failure) != 0)
        return -1;
    if (sandbox->loader_fd >= 0 && mark(sandbox->loader_fd, &program, "the loader", failure) != 0)
        return -1;
    if (sandbox->program_fd >= 0 &&
        mark(sandbox->program_fd, &program, "the program", failure) != 0)
        return -1;
    for (size_t i = 0; i < sandbox->grants->count; i++) {
        const struct grant *grant = &sandbox->grants->list[i];
        // What came as a descriptor is shared with others, and has all its rights.
        if (!grant->directory && grant->kind != GRANT_PATH && grant->kind != GRANT_PROGRAM)
            continue;
        struct rights rights;
        grant_rights(grant, &rights.base, &rights.inheriting);
        if (appends_only(fcntl(grant->fd, F_GETFL), &rights))
            appending_granted();
        if (mark(grant->fd, &rights, grant->where, failure) != 0)
            return -1;
    }
    return 0;
}

static int set_effective(bool on) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, sets) != 0)
        return -1;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        sets[i].effective = on ? sets[i].permitted : 0;
    return (int)syscall(SYS_capset, &header, sets);
}

int strict_lower(struct failure *failure) {
    return set_effective(false) == 0
               ? 0
               : failure_set(failure, "cannot set capabilities aside: %s", strerror(errno));
}

void strict_raise(void) {
    set_effective(true);
}
