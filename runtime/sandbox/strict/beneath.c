// SPDX-License-Identifier: BSD-2-Clause
// The kernel resolves paths beneath a directory (RESOLVE_BENEATH). Calls that have no such variant
// act on a plain name in a directory that was opened this way.
#include "beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../filesystems.h"

// A rename anywhere makes the kernel unsure of "..", and its answer EAGAIN. The loader asks again
// much more often; this process has others to serve.
#define TRIES 16

int beneath_open(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags | O_CLOEXEC | O_NOCTTY,
                           .mode = mode,
                           .resolve = resolve | RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    if (flags & O_PATH)
        how.flags &= O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    long fd;
    int tries = 0;
    do
        fd = syscall(SYS_openat2, directory, path, &how, sizeof how);
    while (fd < 0 && (errno == EINTR || errno == EAGAIN) && ++tries < TRIES);
    return fd < 0 ? -errno : (int)fd;
}

int beneath_find(int directory, const char *path, uint64_t flags, uint64_t resolve) {
    int fd = beneath_open(directory, path, flags | O_PATH, 0, resolve);
    struct failure ignored;
    // Mounted below the granted directory after the start, as it may be: no name space hides it.
    if (fd >= 0 && filesystem_refuse(fd, NULL, "", &ignored) != 0) {
        close(fd);
        return -EACCES;
    }
    return fd;
}

int beneath_parent(int directory, char path[PATH_MAX], const char **last, int dots) {
    size_t end = strlen(path);
    if (end == 0)
        return -ENOENT;
    if (path[0] == '/')
        return -EXDEV;
    while (end > 1 && path[end - 1] == '/')
        end--;
    if (path[end] == '/')
        path[end + 1] = '\0';
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    size_t length = end - start;
    *last = path + start;
    if (path[start] == '.' && (length == 1 || (length == 2 && path[start + 1] == '.')))
        return dots;
    if (start == 0)
        return beneath_find(directory, ".", O_DIRECTORY, 0);
    path[start - 1] = '\0';
    int parent = beneath_find(directory, path, O_DIRECTORY, 0);
    path[start - 1] = '/';
    return parent;
}

int beneath_expand(int directory, char path[PATH_MAX]) {
    char target[PATH_MAX];
    int link = beneath_find(directory, path, O_NOFOLLOW, 0);
    if (link < 0)
        return link;
    ssize_t length = readlinkat(link, "", target, sizeof target);
    close(link);
    if (length <= 0)
        return -ENOENT;
    const char *slash = strrchr(path, '/');
    size_t keep = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (target[0] == '/')
        return -EXDEV;
    if (keep + (size_t)length >= PATH_MAX)
        return -ENAMETOOLONG;
    memcpy(path + keep, target, (size_t)length);
    path[keep + (size_t)length] = '\0';
    return 0;
}
