// SPDX-License-Identifier: BSD-2-Clause
// Landlock. Beside name spaces without file rights: those would stop at a detached mount's root and
// deny renames between directories, and paths are confined by the mounts. In strict mode with all
// of them: nothing opens a path there but the supervisor, and the kernel the loader.
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"

// The distribution's kernel headers may be older than the kernel: its stable interface is written
// down here (Documentation/userspace-api/landlock.rst).
struct ruleset {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

#define CREATE_RULESET_VERSION 1
#define ACCESS_NET_BIND_TCP 1
#define ACCESS_NET_CONNECT_TCP 2
#define SCOPE_ABSTRACT_UNIX_SOCKET 1
#define SCOPE_SIGNAL 2
#define VERSION_WITH_SCOPES 6
#define ACCESS_FS_EXECUTE 1
#define ACCESS_FS_READ_FILE 4
#define ACCESS_FS_ALL 0xffff // of version 5
#define RULE_PATH_BENEATH 1

struct path_beneath {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

static int allow_loader(int ruleset_fd, int loader_fd, struct failure *failure) {
    struct path_beneath rule = {ACCESS_FS_EXECUTE | ACCESS_FS_READ_FILE, loader_fd};
    if (loader_fd < 0 ||
        syscall(SYS_landlock_add_rule, ruleset_fd, RULE_PATH_BENEATH, &rule, 0) == 0)
        return 0;
    return failure_set(failure, "the kernel denies a Landlock rule: %s", strerror(errno));
}

static int restrict_self(uint64_t access_fs, int loader_fd, struct failure *failure) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    if (version < 0)
        return failure_set(failure,
                           "this kernel has no Landlock: %s: boot with landlock among the lsm= "
                           "modules, or let the container's profile pass it",
                           strerror(errno));
    if (version < VERSION_WITH_SCOPES)
        return failure_set(failure,
                           "this kernel's Landlock is version %ld, without scopes for signals and "
                           "abstract sockets: Linux 6.12 or newer has them",
                           version);
    struct ruleset ruleset = {
        .handled_access_fs = access_fs,
        .handled_access_net = ACCESS_NET_BIND_TCP | ACCESS_NET_CONNECT_TCP,
        .scoped = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL,
    };
    long fd = syscall(SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
    if (fd < 0)
        return failure_set(failure, "the kernel denies a Landlock ruleset: %s", strerror(errno));
    if (allow_loader((int)fd, loader_fd, failure) != 0)
        return -1;
    if (syscall(SYS_landlock_restrict_self, (int)fd, 0) != 0)
        return failure_set(failure, "the kernel denies a Landlock domain: %s%s", strerror(errno),
                           errno == E2BIG ? ": at most 16 can be nested" : "");
    close((int)fd);
    return 0;
}

int layer_landlock(struct failure *failure) {
    return restrict_self(0, -1, failure);
}

int layer_landlock_strict(int loader_fd, struct failure *failure) {
    return restrict_self(ACCESS_FS_ALL, loader_fd, failure);
}
