// SPDX-License-Identifier: BSD-2-Clause
// mkdirat, symlinkat, renameat, linkat, unlinkat.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beneath.h"
#include "calls.h"

// A name that a call acts on: in the directory `parent`.
struct name {
    int parent;
    const char *last;
    char path[PATH_MAX];
};

// Where the right is missing the answer is that of a read-only mount.
static int find(const struct caller *caller, uint64_t directory, uint64_t path, uint64_t right,
                int dots, struct name *name) {
    struct rights rights;
    int result = caller_read_path(caller, path, name->path);
    if (result != 0)
        return result;
    int fd = caller_known_fd(caller, directory, 0, &rights);
    if (fd < 0)
        return fd;
    result = -EROFS;
    if (rights.base & right)
        result = beneath_parent(fd, name->path, &name->last, dots);
    close(fd);
    name->parent = result;
    return result < 0 ? result : 0;
}

static int64_t finish(struct name *name, int result) {
    int error = errno;
    close(name->parent);
    return result == 0 ? 0 : -error;
}

static int interrupted(void) {
    errno = EINTR;
    return -1;
}

int64_t call_mkdirat(const struct caller *caller) {
    struct name name;
    int result = find(caller, caller->arguments[0], caller->arguments[1],
                      CLOUDABI_RIGHT_FILE_CREATE_DIRECTORY, -EEXIST, &name);
    if (result != 0)
        return result;
    return finish(&name, caller_waits(caller)
                             ? mkdirat(name.parent, name.last, (mode_t)caller->arguments[2] & 0777)
                             : interrupted());
}

int64_t call_symlinkat(const struct caller *caller) {
    struct name name;
    char target[PATH_MAX];
    int result = caller_read_path(caller, caller->arguments[0], target);
    if (result == 0)
        result = find(caller, caller->arguments[1], caller->arguments[2],
                      CLOUDABI_RIGHT_FILE_SYMLINK, -EEXIST, &name);
    if (result != 0)
        return result;
    // Where it leads is found out when it is followed.
    return finish(&name,
                  caller_waits(caller) ? symlinkat(target, name.parent, name.last) : interrupted());
}

int64_t call_unlinkat(const struct caller *caller) {
    struct name name;
    int result = find(caller, caller->arguments[0], caller->arguments[1],
                      CLOUDABI_RIGHT_FILE_UNLINK, -EINVAL, &name);
    if (result != 0)
        return result;
    return finish(&name, caller_waits(caller) ? unlinkat(name.parent, name.last,
                                                         (int)caller->arguments[2] & AT_REMOVEDIR)
                                              : interrupted());
}

static int64_t two_names(const struct caller *caller, uint64_t source, uint64_t target,
                         int (*act)(const struct name *from, const struct name *to)) {
    struct name from, to;
    int result = find(caller, caller->arguments[0], caller->arguments[1], source, -EINVAL, &from);
    if (result != 0)
        return result;
    result = find(caller, caller->arguments[2], caller->arguments[3], target, -EINVAL, &to);
    if (result != 0) {
        close(from.parent);
        return result;
    }
    result = (int)finish(&to, caller_waits(caller) ? act(&from, &to) : interrupted());
    close(from.parent);
    return result;
}

static int act_rename(const struct name *from, const struct name *to) {
    return renameat(from->parent, from->last, to->parent, to->last);
}

static int act_link(const struct name *from, const struct name *to) {
    return linkat(from->parent, from->last, to->parent, to->last, 0);
}

int64_t call_renameat(const struct caller *caller) {
    return two_names(caller, CLOUDABI_RIGHT_FILE_RENAME_SOURCE, CLOUDABI_RIGHT_FILE_RENAME_TARGET,
                     act_rename);
}

int64_t call_linkat(const struct caller *caller) {
    // The loader has followed links by then; here the kernel would follow them to anywhere.
    if ((int)caller->arguments[4] != 0)
        return -EPERM;
    return two_names(caller, CLOUDABI_RIGHT_FILE_LINK_SOURCE, CLOUDABI_RIGHT_FILE_LINK_TARGET,
                     act_link);
}
