// SPDX-License-Identifier: BSD-2-Clause
// Calls on open files that a right guards and the open mode does not. Their arguments are all in
// registers.
#include <cloudabi_types.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls.h"

// What `act` does to a copy of the descriptor, if it has one of the rights `any`. The copy shares
// the open file with the original, and with it offset, flags and pending errors.
static int64_t on_file(const struct caller *caller, uint64_t any,
                       int64_t (*act)(int fd, const uint64_t *arguments)) {
    int fd = caller_open_file(caller, caller->arguments[0], any);
    if (fd < 0)
        return fd;
    int64_t result = -EINTR;
    if (caller_waits(caller)) {
        result = act(fd, caller->arguments);
        if (result < 0)
            result = -errno;
    }
    close(fd);
    return result;
}

// The filter has seen to the command and the flags.
static int64_t act_fcntl(int fd, const uint64_t *arguments) {
    return fcntl(fd, F_SETFL, (int)arguments[2]);
}

static int64_t act_ftruncate(int fd, const uint64_t *arguments) {
    return ftruncate(fd, (off_t)arguments[1]);
}

static int64_t act_fallocate(int fd, const uint64_t *arguments) {
    return fallocate(fd, 0, (off_t)arguments[2], (off_t)arguments[3]);
}

static int64_t act_lseek(int fd, const uint64_t *arguments) {
    return lseek(fd, (off_t)arguments[1], (int)arguments[2]);
}

static int64_t act_fadvise64(int fd, const uint64_t *arguments) {
    return syscall(SYS_fadvise64, fd, arguments[1], arguments[2], (int)arguments[3]);
}

static int64_t act_fsync(int fd, const uint64_t *arguments) {
    (void)arguments;
    return fsync(fd);
}

static int64_t act_fdatasync(int fd, const uint64_t *arguments) {
    (void)arguments;
    return fdatasync(fd);
}

int64_t call_fcntl(const struct caller *caller) {
    return on_file(caller, CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS, act_fcntl);
}

int64_t call_ftruncate(const struct caller *caller) {
    return on_file(caller, CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE, act_ftruncate);
}

int64_t call_fallocate(const struct caller *caller) {
    return on_file(caller, CLOUDABI_RIGHT_FILE_ALLOCATE, act_fallocate);
}

int64_t call_fadvise64(const struct caller *caller) {
    return on_file(caller, CLOUDABI_RIGHT_FILE_ADVISE, act_fadvise64);
}

int64_t call_fsync(const struct caller *caller) {
    return on_file(caller, CLOUDABI_RIGHT_FD_SYNC, act_fsync);
}

int64_t call_fdatasync(const struct caller *caller) {
    return on_file(caller, CLOUDABI_RIGHT_FD_DATASYNC, act_fdatasync);
}

static int64_t act_lseek_directory(int fd, const uint64_t *arguments) {
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
        return lseek(fd, (off_t)arguments[1], (int)arguments[2]);
    errno = EPERM;
    return -1;
}

int64_t call_lseek(const struct caller *caller) {
    uint64_t any = CLOUDABI_RIGHT_FD_SEEK;
    if (caller->arguments[1] == 0 && (int)caller->arguments[2] == SEEK_CUR)
        any |= CLOUDABI_RIGHT_FD_TELL;
    int64_t result = on_file(caller, any, act_lseek);
    // Who may read a directory's entries goes to where they are read from.
    return result != -EPERM ? result
                            : on_file(caller, CLOUDABI_RIGHT_FILE_READDIR, act_lseek_directory);
}

// What a descriptor is, its holder may know without any right.
static struct stat nature(const struct stat *status) {
    struct stat bare = {.st_mode = status->st_mode & S_IFMT};
    if (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode))
        bare.st_rdev = status->st_rdev;
    return bare;
}

int64_t call_fstat(const struct caller *caller) {
    int fd = caller_fd(caller, caller->arguments[0]);
    if (fd < 0)
        return fd;
    // To start a file takes its size; a directory's attributes are those of ".".
    uint64_t any = CLOUDABI_RIGHT_FILE_STAT_FGET | CLOUDABI_RIGHT_PROC_EXEC;
    struct rights rights;
    struct stat status;
    int mode = fcntl(fd, F_GETFL);
    int64_t result = mode >= 0 && fstat(fd, &status) == 0 ? 0 : -errno;
    if (result == 0) {
        if (S_ISDIR(status.st_mode))
            any |= CLOUDABI_RIGHT_FILE_STAT_GET;
        bool marked = mark_get(fd, &rights);
        bool foreign = !marked && (S_ISDIR(status.st_mode) || (mode & O_PATH));
        if (foreign || (marked && (rights.base & any) == 0))
            status = nature(&status);
    }
    close(fd);
    return result != 0 ? result
                       : caller_write(caller, caller->arguments[1], &status, sizeof status);
}

int64_t call_getdents64(const struct caller *caller) {
    char entries[32768] __attribute__((aligned(8)));
    struct rights rights;
    int fd = caller_known_fd(caller, caller->arguments[0], CLOUDABI_RIGHT_FILE_READDIR, &rights);
    if (fd < 0)
        return fd;
    size_t room = (uint32_t)caller->arguments[2];
    int64_t result = -EINTR;
    if (caller_waits(caller)) {
        result =
            syscall(SYS_getdents64, fd, entries, room < sizeof entries ? room : sizeof entries);
        if (result < 0)
            result = -errno;
    }
    close(fd);
    if (result > 0 && caller_write(caller, caller->arguments[1], entries, (size_t)result) != 0)
        return -EFAULT;
    return result;
}
