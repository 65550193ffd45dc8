// SPDX-License-Identifier: BSD-2-Clause
// Landlock. Beside name spaces without file rights: those would stop at a mount's root and
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
#define ACCESS_FS_EXECUTE 0x1
#define ACCESS_FS_WRITE_FILE 0x2
#define ACCESS_FS_READ_FILE 0x4
#define ACCESS_FS_READ_DIR 0x8
#define ACCESS_FS_REMOVE 0x30 // directories, and all else
#define ACCESS_FS_MAKE 0x1180 // directories, plain files, links; no devices, sockets, pipes
#define ACCESS_FS_REFER 0x2000
#define ACCESS_FS_TRUNCATE 0x4000
#define ACCESS_FS_ALL 0xffff // of version 5
#define RULE_PATH_BENEATH 1

struct path_beneath {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

static int allow(int ruleset_fd, int fd, uint64_t access, struct failure *failure) {
    struct path_beneath rule = {access, fd};
    if (fd < 0 || syscall(SYS_landlock_add_rule, ruleset_fd, RULE_PATH_BENEATH, &rule, 0) == 0)
        return 0;
    return failure_set(failure, "the kernel denies a Landlock rule: %s", strerror(errno));
}

static uint64_t access_of(const struct grant *grant) {
    unsigned rights = grant->kind == GRANT_PATH ? grant->rights : GRANT_READ;
    uint64_t access = 0;
    if (rights & (GRANT_LIST | GRANT_READ))
        access |= ACCESS_FS_READ_DIR;
    if (rights & (GRANT_READ | GRANT_EXEC))
        access |= ACCESS_FS_READ_FILE;
    if (rights & GRANT_WRITE)
        access |= ACCESS_FS_WRITE_FILE | ACCESS_FS_TRUNCATE | ACCESS_FS_MAKE | ACCESS_FS_REMOVE |
                  ACCESS_FS_REFER;
    return access;
}

static int allow_grants(int ruleset_fd, const struct grants *grants, struct failure *failure) {
    for (size_t i = 0; grants != NULL && i < grants->count; i++) {
        const struct grant *grant = &grants->list[i];
        uint64_t access = access_of(grant);
        if (grant->directory && access != 0 && allow(ruleset_fd, grant->fd, access, failure) != 0)
            return -1;
    }
    return 0;
}

static int restrict_self(uint64_t access_fs, const struct grants *grants, int loader_fd,
                         struct failure *failure) {
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
    if (allow((int)fd, loader_fd, ACCESS_FS_EXECUTE | ACCESS_FS_READ_FILE, failure) != 0 ||
        allow_grants((int)fd, grants, failure) != 0)
        return -1;
    if (syscall(SYS_landlock_restrict_self, (int)fd, 0) != 0)
        return failure_set(failure, "the kernel denies a Landlock domain: %s%s", strerror(errno),
                           errno == E2BIG ? ": at most 16 can be nested" : "");
    close((int)fd);
    return 0;
}

int layer_landlock(struct failure *failure) {
    return restrict_self(0, NULL, -1, failure);
}

int layer_landlock_strict(int loader_fd, struct failure *failure) {
    return restrict_self(ACCESS_FS_ALL, NULL, loader_fd, failure);
}

int layer_landlock_weak(const struct grants *grants, int loader_fd, struct failure *failure) {
    return restrict_self(ACCESS_FS_ALL, grants, loader_fd, failure);
}
