// SPDX-License-Identifier: BSD-2-Clause
// Path resolution. The kernel does it (RESOLVE_BENEATH); calls that have no such variant act on
// the last component in a parent directory that was opened that way.

#include "path.h"

#include "user.h"

#define MAX_EXPANSIONS 40

cloudabi_errno_t path_copy(struct path *path, const char *text, size_t len) {
    if (len == 0)
        return CLOUDABI_ENOENT;
    if (len >= LINUX_PATH_MAX)
        return CLOUDABI_ENAMETOOLONG;
    if (!user_copy(path->text, text, len))
        return CLOUDABI_EFAULT;
    for (size_t i = 0; i < len; ++i) {
        if (path->text[i] == '\0')
            return CLOUDABI_EINVAL;
    }
    path->text[len] = '\0';
    path->len = len;
    return path->text[0] == '/' ? CLOUDABI_ENOTCAPABLE : CLOUDABI_ESUCCESS;
}

bool path_has_trailing_slash(const struct path *path) {
    return path->text[path->len - 1] == '/';
}

static linux_result open_beneath(int dirfd, const char *path, uint64_t flags, uint64_t mode) {
    struct open_how how = {.flags = flags | O_CLOEXEC,
                           .mode = mode,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    linux_result result;
    // EAGAIN: something was renamed meanwhile, so that the kernel cannot be sure of a "..".
    int tries = 0;
    do
        result = LINUX(openat2, dirfd, path, &how, sizeof(how));
    while (result == -EINTR || (result == -EAGAIN && ++tries < 10000));
    return result;
}

linux_result path_openat2(cloudabi_fd_t dirfd, const struct path *path, uint64_t flags,
                          uint64_t mode) {
    return open_beneath((int)dirfd, path->text, flags, mode);
}

cloudabi_errno_t path_errno(linux_result result) {
    return result == -EXDEV ? CLOUDABI_ENOTCAPABLE : errno_from_linux(result);
}

cloudabi_errno_t path_split(cloudabi_fd_t dirfd, struct path *path, struct path_last *out) {
    size_t end = path->len;
    while (end > 1 && path->text[end - 1] == '/')
        --end;
    if (end < path->len)
        path->text[end + 1] = '\0'; // one slash stays
    size_t start = end;
    while (start > 0 && path->text[start - 1] != '/')
        --start;
    const char *last = &path->text[start];
    size_t last_len = end - start;
    out->last = last;
    out->dots = last[0] == '.' && (last_len == 1 || (last_len == 2 && last[1] == '.'));

    linux_result parent;
    if (out->dots) {
        // The whole path, so that ".." is held to the rule of staying inside.
        parent = open_beneath((int)dirfd, path->text, O_PATH | O_DIRECTORY, 0);
    } else if (start == 0) {
        parent = open_beneath((int)dirfd, ".", O_PATH | O_DIRECTORY, 0);
    } else {
        path->text[start - 1] = '\0';
        parent = open_beneath((int)dirfd, path->text, O_PATH | O_DIRECTORY, 0);
        path->text[start - 1] = '/';
    }
    out->parent = (int)parent;
    return path_errno(parent);
}

void path_split_done(const struct path_last *split) {
    LINUX(close, split->parent);
}

// Puts target in the place of the last component.
static cloudabi_errno_t splice(struct path *path, const char *target, size_t target_len) {
    size_t keep = path->len;
    while (keep > 0 && path->text[keep - 1] != '/')
        --keep;
    if (target[0] == '/')
        return CLOUDABI_ENOTCAPABLE;
    if (keep + target_len >= LINUX_PATH_MAX)
        return CLOUDABI_ENAMETOOLONG;
    memcpy(&path->text[keep], target, target_len);
    path->len = keep + target_len;
    path->text[path->len] = '\0';
    return CLOUDABI_ESUCCESS;
}

cloudabi_errno_t path_expand_last(cloudabi_fd_t dirfd, struct path *path) {
    for (int i = 0; i < MAX_EXPANSIONS; ++i) {
        char target[LINUX_PATH_MAX];
        linux_result len = path_read_link(dirfd, path, target, sizeof(target));
        if (len == -EINVAL)
            return CLOUDABI_ESUCCESS;
        if (len < 0)
            return path_errno(len);
        if (len == 0)
            return CLOUDABI_ENOENT;
        cloudabi_errno_t error = splice(path, target, (size_t)len);
        if (error != 0)
            return error;
    }
    return CLOUDABI_ELOOP;
}
