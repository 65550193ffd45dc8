// SPDX-License-Identifier: BSD-2-Clause
// The launcher's own files.
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

int files_fill_standard(struct failure *failure) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR | O_CLOEXEC) != fd)
            return failure_set(failure, "descriptor %d is closed and /dev/null does not open: %s",
                               fd, strerror(errno));
    return 0;
}

int files_read_config(const char *path, struct yaml_source *source, struct failure *failure) {
    source->name = path != NULL ? path : "stdin";
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
    if (fd < 0)
        return failure_set(failure, "cannot open the configuration '%s': %s", path,
                           strerror(errno));
    // One byte more than is allowed, so that yaml_read() sees what is too large. Not from the heap:
    // a mapping of its own would take longer than reading it.
    static char bytes[YAML_SIZE_MAX + 1];
    size_t length = 0;
    while (length < sizeof bytes) {
        ssize_t got = read(fd, bytes + length, sizeof bytes - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failure_set(failure, "cannot read the configuration '%s': %s", source->name,
                               strerror(errno));
        if (got == 0)
            break;
        length += (size_t)got;
    }
    if (path != NULL)
        close(fd);
    source->bytes = bytes;
    source->length = length;
    return 0;
}

int files_open_program(const char *path, struct failure *failure) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return failure_set(failure, "%s: cannot open the program: %s", path, strerror(errno));
    struct stat status;
    if (fstat(fd, &status) != 0)
        return failure_set(failure, "%s: %s", path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return failure_set(failure, "%s: not a plain file: expected a CloudABI executable", path);
    if (faccessat(fd, "", X_OK, AT_EMPTY_PATH | AT_EACCESS) != 0)
        return failure_set(failure, "%s: not executable: %s: `chmod +x` marks it as a program",
                           path, strerror(errno));
    fcntl(fd, F_SETFL, 0);
    return fd;
}

// The name that this program was started by, with all links followed. Returns its length, or -1.
static ssize_t own_path(char *path, size_t size) {
    // procfs knows, but takes its time.
    const char *name = (const char *)getauxval(AT_EXECFN);
    struct stat status;
    if (name != NULL && strlen(name) < size && lstat(name, &status) == 0 &&
        S_ISREG(status.st_mode)) {
        strcpy(path, name);
        return (ssize_t)strlen(name);
    }
    return readlink("/proc/self/exe", path, size);
}

int files_open_loader(const char *path, struct failure *failure) {
    char beside[PATH_MAX];
    if (path == NULL) {
        static const char tail[] = "/../lib/cloudabi/loader";
        ssize_t length = own_path(beside, sizeof beside - sizeof tail);
        if (length < 0)
            return failure_set(failure, "cannot read /proc/self/exe: %s: mount procfs on /proc",
                               strerror(errno));
        beside[length] = '\0';
        char *slash = strrchr(beside, '/');
        strcpy(slash == NULL ? beside : slash, slash == NULL ? &tail[1] : tail);
        path = beside;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return failure_set(failure, "%s: cannot open the loader: %s: install cloudabi-run anew",
                           path, strerror(errno));
    return fd;
}
