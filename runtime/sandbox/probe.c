// SPDX-License-Identifier: BSD-2-Clause
// After restricting, probe.
#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "layers.h"

static int expect(long result, int error, const char *what, struct failure *failure) {
    if (result < 0 && errno == error)
        return 0;
    return failure_set(failure,
                       "the sandbox does not hold: %s was answered '%s' instead of '%s'. This is a "
                       "fault of the kernel or of this program: please report it",
                       what, result < 0 ? strerror(errno) : "yes", strerror(error));
}

static int probe_network(struct failure *failure) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(1)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 && errno == EAFNOSUPPORT)
        return 0; // no network in this kernel
    if (fd < 0)
        return failure_set(failure, "cannot make a socket to probe with: %s", strerror(errno));
    int result = expect(connect(fd, (struct sockaddr *)&address, sizeof address), EACCES,
                        "a TCP connect", failure);
    address.sin_port = 0;
    if (result == 0)
        result = expect(bind(fd, (struct sockaddr *)&address, sizeof address), EACCES, "a TCP bind",
                        failure);
    close(fd);
    return result;
}

// What the granted directories' mounts are attached to: nobody may read it, nor search it, which is
// tried for each.
static int probe_carrier(const struct grants *grants, struct failure *failure) {
    bool read = false;
    for (size_t i = 0; i < grants->count; i++) {
        int fd = grants->list[i].fd;
        if (!grants->list[i].attached)
            continue;
        if (!read && expect(openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC), EACCES,
                            "reading above a granted directory", failure) != 0)
            return -1;
        read = true;
        if (expect(openat(fd, ".." LAYER_ROOT, O_PATH | O_CLOEXEC), EACCES,
                   "looking beside a granted directory", failure) != 0)
            return -1;
    }
    return 0;
}

int probe_layers(pid_t supervisor, const struct grants *grants, struct failure *failure) {
    if (expect(kill(supervisor, 0), EPERM, "a signal to the supervisor", failure) != 0 ||
        expect(open("/proc", O_PATH | O_CLOEXEC), ENOENT, "opening /proc", failure) != 0 ||
        expect(open("/new", O_CREAT | O_WRONLY | O_CLOEXEC, 0600), EROFS,
               "creating a file in the root", failure) != 0 ||
        expect(unshare(CLONE_NEWUSER), EPERM, "a second user name space", failure) != 0 ||
        expect(chroot("."), EPERM, "chroot", failure) != 0 || probe_carrier(grants, failure) != 0)
        return -1;
    return probe_network(failure);
}

// Without name spaces it is Landlock that keeps the worker from paths.
int probe_layers_strict(pid_t supervisor, struct failure *failure) {
    if (expect(kill(supervisor, 0), EPERM, "a signal to the supervisor", failure) != 0 ||
        expect(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), EACCES, "reading the root",
               failure) != 0 ||
        expect(open("/dev/null", O_RDONLY | O_CLOEXEC), EACCES, "opening /dev/null", failure) != 0)
        return -1;
    return probe_network(failure);
}

// From here on only system calls that the filter knows: no printing, no allocation.
int probe_filter(bool datagrams, struct failure *failure) {
    if (datagrams && expect(syscall(SYS_sendmsg, -1, NULL, 0), ENOSYS, "sendmsg", failure) != 0)
        return -1;
    if (expect(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0), ENOSYS, "socket", failure) != 0 ||
        expect(syscall(SYS_open, "/", O_RDONLY), ENOSYS, "open", failure) != 0 ||
        expect(syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY), ENOSYS, "openat", failure) != 0 ||
        expect(syscall(SYS_kill, 1, 0), ENOSYS, "kill", failure) != 0 ||
        expect(syscall(SYS_ptrace, 0, 0, 0, 0), ENOSYS, "ptrace", failure) != 0 ||
        expect(syscall(SYS_unshare, CLONE_NEWUSER), ENOSYS, "unshare", failure) != 0 ||
        expect(syscall(SYS_clone3, NULL, 0), ENOSYS, "clone3", failure) != 0 ||
        expect(syscall(SYS_execve, "/", NULL, NULL), ENOSYS, "execve", failure) != 0)
        return -1;
    return 0;
}

int probe_mounter(struct failure *failure) {
    if (expect(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0), ENOSYS, "socket", failure) != 0 ||
        expect(syscall(SYS_kill, 1, 0), ENOSYS, "kill", failure) != 0 ||
        expect(syscall(SYS_unshare, CLONE_NEWUSER), ENOSYS, "unshare", failure) != 0 ||
        expect(syscall(SYS_execve, "/", NULL, NULL), ENOSYS, "execve", failure) != 0 ||
        expect(syscall(SYS_openat, AT_FDCWD, "/", O_RDWR), EPERM, "openat", failure) != 0)
        return -1;
    return 0;
}

static long open_below(int directory, const char *path) {
    struct open_how how = {.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC};
    return syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int probe_supervisor(const struct grants *grants, int pipe_fd, struct failure *failure) {
    if (syscall(SYS_fcntl, pipe_fd, F_SETFL, O_NONBLOCK) != 0)
        return failure_set(failure,
                           "the supervisor cannot serve the program: %s: let this program "
                           "look into its children (sysctl kernel.yama.ptrace_scope of "
                           "at most 1)",
                           strerror(errno));
    if (expect(open_below(AT_FDCWD, "/"), EPERM, "a path without a grant", failure) != 0)
        return -1;
    for (size_t i = 0; i < grants->count; i++) {
        if (!grants->list[i].directory)
            continue;
        long fd = open_below(grants->list[i].fd, ".");
        if (fd < 0)
            return failure_set(failure, "the supervisor cannot open a granted directory: %s",
                               strerror(errno));
        close((int)fd);
        return expect(open_below(grants->list[i].fd, ".."), EXDEV, "leaving a granted directory",
                      failure);
    }
    return 0;
}
