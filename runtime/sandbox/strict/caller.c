// SPDX-License-Identifier: BSD-2-Clause
// Access to a thread whose system call waits for its answer.
#include "caller.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096u
#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL
#endif

bool caller_waits(const struct caller *caller) {
    uint64_t id = caller->id;
    return ioctl(caller->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

int caller_read(const struct caller *caller, uint64_t address, void *bytes, size_t length) {
    struct iovec local = {bytes, length}, remote = {(void *)(uintptr_t)address, length};
    ssize_t got = process_vm_readv(caller->tid, &local, 1, &remote, 1, 0);
    if (got < 0)
        return errno == EFAULT ? -EFAULT : -EPERM;
    return (size_t)got == length ? 0 : -EFAULT;
}

int caller_read_path(const struct caller *caller, uint64_t address, char path[PATH_MAX]) {
    size_t used = 0;
    // Page by page, since the one behind the end of the text may be missing.
    while (used < PATH_MAX) {
        size_t part = PAGE - (address + used) % PAGE;
        if (part > PATH_MAX - used)
            part = PATH_MAX - used;
        int result = caller_read(caller, address + used, path + used, part);
        if (result != 0)
            return result;
        if (memchr(path + used, '\0', part) != NULL)
            return 0;
        used += part;
    }
    return -ENAMETOOLONG;
}

int caller_read_attenuation(const struct caller *caller, struct attenuation *asked) {
    char nothing;
    int result = caller_read(caller, caller->arguments[2], asked, sizeof *asked);
    if (result == 0)
        result = caller_read(caller, caller->arguments[1], &nothing, 1);
    if (result != 0)
        return result;
    return nothing == '\0' && (asked->flags & ~(uint64_t)O_CLOEXEC) == 0 && asked->mode == 0 &&
                   asked->resolve == 0
               ? 0
               : -EINVAL;
}

// Through a descriptor, which stays with that thread's memory: its number might be given to another
// process before the write.
int caller_write(const struct caller *caller, uint64_t address, const void *bytes, size_t length) {
    char name[48];
    snprintf(name, sizeof name, "/proc/%d/mem", caller->tid);
    int memory = open(name, O_WRONLY | O_CLOEXEC);
    if (memory < 0)
        return -EPERM;
    ssize_t written = -1;
    if (address <= INT64_MAX && caller_waits(caller))
        written = pwrite(memory, bytes, length, (off_t)address);
    close(memory);
    return written == (ssize_t)length ? 0 : -EFAULT;
}

bool caller_is_alone(const struct caller *caller) {
    char name[48], text[4096];
    snprintf(name, sizeof name, "/proc/%d/status", caller->tid);
    int file = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    if (length < 0 || !caller_waits(caller))
        return false;
    text[length] = '\0';
    return strstr(text, "\nThreads:\t1\n") != NULL;
}

int caller_fd(const struct caller *caller, uint64_t number) {
    if ((int)number < 0)
        return (int)number == AT_FDCWD ? -EPERM : -EBADF;
    int thread = (int)syscall(SYS_pidfd_open, caller->tid, PIDFD_THREAD);
    if (thread < 0)
        return -EPERM;
    int fd = (int)syscall(SYS_pidfd_getfd, thread, (int)number, 0);
    int error = errno;
    close(thread);
    if (fd < 0)
        return error == EBADF ? -EBADF : -EPERM;
    return fd;
}

static int refuse(int fd) {
    close(fd);
    return -EPERM;
}

int caller_known_fd(const struct caller *caller, uint64_t number, uint64_t any,
                    struct rights *rights) {
    int fd = caller_fd(caller, number);
    if (fd < 0)
        return fd;
    if (!mark_get(fd, rights))
        return refuse(fd);
    return any == 0 || (rights->base & any) != 0 ? fd : refuse(fd);
}

int caller_open_file(const struct caller *caller, uint64_t number, uint64_t any) {
    int fd = caller_fd(caller, number);
    if (fd < 0)
        return fd;
    struct rights rights;
    if (mark_get(fd, &rights))
        return (rights.base & any) != 0 ? fd : refuse(fd);
    struct stat status;
    int mode = fcntl(fd, F_GETFL);
    if (mark_exists(fd) || mode < 0 || (mode & O_PATH) || fstat(fd, &status) != 0 ||
        S_ISDIR(status.st_mode))
        return refuse(fd);
    return fd;
}

int64_t caller_give(const struct caller *caller, int fd, bool close_on_exec) {
    struct stat status;
    // When the caller closes a pipe, its peer sees that at once: no copy is left by then.
    bool first = fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
    struct seccomp_notif_addfd add = {
        .id = caller->id,
        .flags = first ? 0 : SECCOMP_ADDFD_FLAG_SEND,
        .srcfd = (uint32_t)fd,
        .newfd_flags = close_on_exec ? O_CLOEXEC : 0,
    };
    int number = ioctl(caller->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
    int error = errno;
    close(fd);
    if (number < 0)
        return -error;
    return first ? number : ANSWERED;
}
