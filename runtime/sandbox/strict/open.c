// SPDX-License-Identifier: BSD-2-Clause
// openat2.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "appending.h"
#include "beneath.h"
#include "calls.h"

#define FLAGS                                                                                      \
    (O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_NONBLOCK | O_DSYNC | O_SYNC |           \
     O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_PATH | LARGE_FILE)
#define LARGE_FILE 0100000 // O_LARGEFILE is 0 in this program's own headers
#define RESOLVES (RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV)
// Linux reads a file to execute it.
#define READING (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_MEM_MAP_EXEC | CLOUDABI_RIGHT_PROC_EXEC)
#define EXPANSIONS 40

struct opening {
    int directory;
    struct rights rights;
    char path[PATH_MAX];
    uint64_t flags, mode, resolve;
    bool readable; // what is found may be read
};

static int read_arguments(const struct caller *caller, struct opening *opening) {
    struct open_how how;
    if (caller->arguments[3] != sizeof how)
        return caller->arguments[3] < sizeof how ? -EINVAL : -E2BIG;
    int result = caller_read(caller, caller->arguments[2], &how, sizeof how);
    if (result == 0)
        result = caller_read_path(caller, caller->arguments[1], opening->path);
    if (result != 0)
        return result;
    if ((how.flags & O_ACCMODE) == O_ACCMODE || (how.resolve & ~(uint64_t)RESOLVES) != 0)
        return -EINVAL;
    // No unnamed files, no O_DIRECT, no signals.
    if ((how.flags & ~(uint64_t)FLAGS) != 0)
        return -EPERM;
    opening->flags = how.flags & ~(uint64_t)LARGE_FILE;
    opening->mode = how.mode & 0777;
    opening->resolve = how.resolve;
    return 0;
}

// Without the right to seek there is writing at the end alone, or of what was emptied.
static int check_way_of_writing(const struct opening *opening, bool write) {
    const uint64_t sync = CLOUDABI_RIGHT_FD_SYNC, either = sync | CLOUDABI_RIGHT_FD_DATASYNC;
    uint64_t inheriting = opening->rights.inheriting;
    if (((opening->flags & O_SYNC) == O_SYNC && !(inheriting & sync)) ||
        ((opening->flags & O_DSYNC) && !(inheriting & either)))
        return -EPERM;
    if (!write || (inheriting & CLOUDABI_RIGHT_FD_SEEK))
        return 0;
    const struct rights rights = {inheriting, inheriting};
    if (appends_only((int)opening->flags, &rights) && !appending_is_granted())
        return -EOPNOTSUPP;
    return opening->flags & (O_APPEND | O_TRUNC) ? 0 : -EPERM;
}

static int check_rights(struct opening *opening) {
    uint64_t base = opening->rights.base, inheriting = opening->rights.inheriting;
    bool write = (opening->flags & O_ACCMODE) != O_RDONLY;
    opening->readable = (inheriting & READING) != 0;
    if (opening->flags & O_PATH)
        return base != 0 ? 0 : -EPERM;
    if (!(base & CLOUDABI_RIGHT_FILE_OPEN))
        return -EPERM;
    // As a read-only mount would answer.
    if ((opening->flags & O_CREAT) && !(base & CLOUDABI_RIGHT_FILE_CREATE_FILE))
        return -EROFS;
    if ((write && !(inheriting & CLOUDABI_RIGHT_FD_WRITE)) ||
        ((opening->flags & O_TRUNC) && !(inheriting & CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE)))
        return -EROFS;
    if ((opening->flags & O_ACCMODE) == O_RDWR && !opening->readable)
        return -EACCES;
    return check_way_of_writing(opening, write);
}

// What was found is opened through procfs: by then it is known to be harmless to open.
static int reopen(const struct opening *opening, int found, mode_t type) {
    char link[48];
    snprintf(link, sizeof link, "/proc/self/fd/%d", found);
    int flags = (int)(opening->flags & ~(uint64_t)(O_CREAT | O_EXCL | O_NOFOLLOW));
    // This process must not wait for a peer.
    bool pipe = S_ISFIFO(type) && !(flags & O_NONBLOCK);
    int fd = open(link, flags | O_CLOEXEC | O_NOCTTY | (pipe ? O_NONBLOCK : 0));
    if (fd < 0)
        return -errno;
    if (pipe && fcntl(fd, F_SETFL, flags & O_APPEND) != 0) {
        close(fd);
        return -EIO;
    }
    return fd;
}

static int open_existing(const struct opening *opening) {
    uint64_t flags = opening->flags & (O_NOFOLLOW | O_DIRECTORY);
    int found = beneath_find(opening->directory, opening->path, flags, opening->resolve);
    struct stat status;
    if (found < 0)
        return found;
    int result = fstat(found, &status) == 0 ? -EACCES : -EIO;
    mode_t type = status.st_mode & S_IFMT;
    bool unreadable = !opening->readable && (opening->flags & O_ACCMODE) == O_RDONLY;
    if (result == -EIO || ((type == S_IFREG || type == S_IFIFO) && unreadable))
        ;
    else if (type == S_IFLNK)
        result = -ELOOP;
    else if (type == S_IFSOCK)
        result = -ENXIO;
    else if (type == S_IFDIR && (opening->flags & O_CREAT))
        result = -EISDIR;
    else if (type == S_IFREG || type == S_IFDIR || type == S_IFIFO)
        result = reopen(opening, found, type);
    // Devices stay shut, as on a mount without them.
    close(found);
    return result;
}

// A place to act in. Linux lets no O_PATH descriptor be given to a process from outside: it is a
// directory that can be read. The calls with a path answer for the rest, as the loader knows from
// this error.
static int open_place(const struct opening *opening) {
    if (!(opening->flags & O_DIRECTORY))
        return -EOPNOTSUPP;
    int found = beneath_find(opening->directory, opening->path,
                             opening->flags & (O_NOFOLLOW | O_DIRECTORY), opening->resolve);
    if (found < 0)
        return found;
    int fd = openat(found, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = errno;
    close(found);
    return fd < 0 ? -error : fd;
}

static int create(const struct opening *opening) {
    char path[PATH_MAX];
    memcpy(path, opening->path, sizeof path);
    const char *last;
    int parent = beneath_parent(opening->directory, path, &last, -EISDIR);
    if (parent < 0)
        return parent;
    uint64_t flags = opening->flags | O_CREAT | O_EXCL | O_NOFOLLOW;
    int fd = beneath_open(parent, last, flags, opening->mode, 0);
    close(parent);
    return fd;
}

// Never without O_EXCL: what turns up meanwhile might be a device.
static int open_or_create(struct opening *opening) {
    if (opening->flags & O_EXCL)
        return create(opening);
    for (int i = 0; i < EXPANSIONS; i++) {
        int fd = open_existing(opening);
        if (fd != -ENOENT)
            return fd;
        fd = create(opening);
        if (fd != -EEXIST)
            return fd;
        // A link that leads nowhere, or a name made this moment.
        fd = opening->flags & O_NOFOLLOW ? 0 : beneath_expand(opening->directory, opening->path);
        if (fd < 0 && fd != -ENOENT)
            return fd;
    }
    return -ELOOP;
}

static int open_by_kind(struct opening *opening) {
    if (opening->flags & O_PATH)
        return open_place(opening);
    return opening->flags & O_CREAT ? open_or_create(opening) : open_existing(opening);
}

int64_t call_openat2(const struct caller *caller) {
    struct opening opening;
    int64_t result = read_arguments(caller, &opening);
    if (result != 0)
        return result;
    opening.directory = caller_known_fd(caller, caller->arguments[0], 0, &opening.rights);
    if (opening.directory < 0)
        return opening.directory;
    result = check_rights(&opening);
    if (result == 0)
        result = caller_waits(caller) ? open_by_kind(&opening) : -EINTR;
    close(opening.directory);
    if (result < 0)
        return result;
    int fd = (int)result;
    // What is done in a place is done with the right to name it from above.
    struct rights rights = {opening.rights.inheriting, opening.rights.inheriting};
    result = mark_set(fd, opening.flags & O_PATH ? &opening.rights : &rights);
    if (result == 0)
        return caller_give(caller, fd, (opening.flags & O_CLOEXEC) != 0);
    close(fd);
    return result;
}
