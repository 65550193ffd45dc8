// SPDX-License-Identifier: BSD-2-Clause
// Opens what the configuration names, with the caller's own authority.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filesystems.h"
#include "grant.h"
#include "sockets.h"

static int open_inherited(struct grant *grant, struct failure *failure) {
    int number = grant->inherited;
    // Whatever this process opened itself is close-on-exec, and what it was started with cannot be.
    if (fcntl(number, F_GETFD) != 0)
        return failure_set(failure, "%s: descriptor %d is not open: add '%d<FILE' in the shell",
                           grant->where, number, number);
    struct stat status;
    if (fstat(number, &status) != 0)
        return failure_set(failure, "%s: descriptor %d: %s", grant->where, number, strerror(errno));
    if (filesystem_refuse(number, NULL, grant->where, failure) != 0)
        return -1;
    grant->directory = S_ISDIR(status.st_mode);
    int mode = fcntl(number, F_GETFL);
    if ((status.st_mode & S_IFMT) == 0 || mode < 0 || ((mode & O_PATH) && !grant->directory))
        return failure_set(failure,
                           "%s: descriptor %d is neither a file, a directory, a device, a pipe nor "
                           "a socket that a program could use",
                           grant->where, number);
    if (S_ISSOCK(status.st_mode) && socket_refuse(number, number, grant->where, failure) != 0)
        return -1;
    grant->fd = fcntl(number, F_DUPFD_CLOEXEC, 0);
    if (grant->fd < 0)
        return failure_set(failure, "%s: descriptor %d: %s", grant->where, number, strerror(errno));
    return 0;
}

static int open_mode(unsigned rights) {
    int mode = O_RDONLY;
    if (rights & (GRANT_WRITE | GRANT_APPEND))
        mode = rights & (GRANT_READ | GRANT_EXEC) ? O_RDWR : O_WRONLY;
    if ((rights & GRANT_APPEND) && !(rights & GRANT_WRITE))
        mode |= O_APPEND;
    return mode | O_CLOEXEC | O_NOCTTY;
}

static int path_failure(const struct grant *grant, struct failure *failure) {
    const char *mend = "";
    if (errno == ENOENT && !grant->create && (grant->rights & (GRANT_WRITE | GRANT_APPEND)))
        mend = ": `create: true` makes the file";
    else if (errno == ENXIO)
        mend = ": a socket or pipe without a peer cannot be opened as a file";
    return failure_set(failure, "%s: cannot open '%s': %s%s", grant->where, grant->path,
                       strerror(errno), mend);
}

// Returns 1 when nothing is there and the grant says `create: true`.
static int open_path(struct grant *grant, struct failure *failure) {
    struct stat status;
    if (stat(grant->path, &status) != 0)
        return errno == ENOENT && grant->create ? 1 : path_failure(grant, failure);
    grant->directory = S_ISDIR(status.st_mode);
    // Those are opened later, and looked at then.
    if (grant->directory && (grant->rights & GRANT_APPEND) == 0)
        return 0;
    int probe = open(grant->path, O_PATH | O_CLOEXEC);
    if (probe < 0)
        return path_failure(grant, failure);
    int result = fstat(probe, &status);
    if (result == 0)
        result = filesystem_refuse(probe, NULL, grant->where, failure);
    else
        path_failure(grant, failure);
    close(probe);
    if (result != 0)
        return -1;

    grant->directory = S_ISDIR(status.st_mode);
    if (grant->directory) {
        if (grant->rights & GRANT_APPEND)
            return failure_set(failure,
                               "%s: '%s' is a directory, and 'append' is for files: use 'write'",
                               grant->where, grant->path);
        return 0;
    }
    grant->fd = open(grant->path, open_mode(grant->rights));
    if (grant->fd < 0)
        return path_failure(grant, failure);
    struct stat opened;
    if (fstat(grant->fd, &opened) != 0)
        return path_failure(grant, failure);
    if (opened.st_dev != status.st_dev || opened.st_ino != status.st_ino)
        return failure_set(failure, "%s: '%s' was replaced while it was opened: try again",
                           grant->where, grant->path);
    return 0;
}

static int create_path(struct grant *grant, struct failure *failure) {
    grant->fd = open(grant->path, open_mode(grant->rights) | O_CREAT | O_EXCL, 0666);
    // An earlier grant of the same path has made it by now.
    if (grant->fd < 0 && errno == EEXIST && open_path(grant, failure) == 0)
        return 0;
    if (grant->fd < 0)
        return failure_set(failure, "%s: cannot create '%s': %s", grant->where, grant->path,
                           strerror(errno));
    grant->made = true;
    struct stat status;
    if (fstat(grant->fd, &status) != 0)
        return path_failure(grant, failure);
    grant->device = status.st_dev;
    grant->inode = status.st_ino;
    return filesystem_refuse(grant->fd, NULL, grant->where, failure);
}

static int open_one(struct grant *grant, int program_fd, struct failure *failure) {
    switch (grant->kind) {
    case GRANT_INHERITED:
        return open_inherited(grant, failure);
    case GRANT_PATH:
        return open_path(grant, failure);
    case GRANT_PROGRAM:
        grant->fd = fcntl(program_fd, F_DUPFD_CLOEXEC, 0);
        if (grant->fd < 0)
            return failure_set(failure, "%s: %s", grant->where, strerror(errno));
        return 0;
    case GRANT_SOCKET:
        return 0;
    }
    return failure_set(failure, "%s: a grant of unknown kind", grant->where);
}

int grants_open(struct grants *grants, int program_fd, struct failure *failure) {
    for (size_t i = 0; i < grants->count; i++) {
        grants->list[i].fd = -1;
        int result = open_one(&grants->list[i], program_fd, failure);
        if (result < 0)
            return -1;
    }
    for (size_t i = 0; i < grants->count; i++) {
        struct grant *grant = &grants->list[i];
        if (grant->fd >= 0 || grant->directory)
            continue;
        int result =
            grant->kind == GRANT_SOCKET ? socket_open(grant, failure) : create_path(grant, failure);
        if (result != 0)
            return -1;
    }
    return 0;
}

static void remove_made(struct grant *grant) {
    struct stat status;
    if (grant->made && lstat(grant->path, &status) == 0 && status.st_dev == grant->device &&
        status.st_ino == grant->inode)
        unlink(grant->path);
    grant->made = false;
}

void grants_discard(struct grants *grants) {
    for (size_t i = 0; i < grants->count; i++)
        remove_made(&grants->list[i]);
}

void grants_remove_sockets(struct grants *grants) {
    for (size_t i = 0; i < grants->count; i++)
        if (grants->list[i].kind == GRANT_SOCKET)
            remove_made(&grants->list[i]);
}
