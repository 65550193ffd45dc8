// SPDX-License-Identifier: BSD-2-Clause
// Each function that works on a descriptor, with all rights that there are and without the one that
// it needs.

#define _GNU_SOURCE
#include <dirent.h>
#include <poll.h>
#include <program.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "../files.h"

static int full; // what the calls of a test are made on
static char buf[4096];

// `call` works on `fd`; it must succeed, then fail for want of this right.
#define NEEDS(t, right, call)                                                                      \
    do {                                                                                           \
        int fd = full;                                                                             \
        CHECK_INT(t, ERROR(call), 0);                                                              \
        fd = without(full, CLOUDABI_RIGHT_##right);                                                \
        CHECK_INT(t, ERROR(call), ENOTCAPABLE);                                                    \
        close(fd);                                                                                 \
    } while (0)

static int closing(int fd) {
    return fd < 0 ? -1 : close(fd);
}

static int mapping(int fd, int prot, int flags) {
    void *mem = mmap(NULL, sizeof(buf), prot, flags, fd, 0);
    return mem == MAP_FAILED ? -1 : munmap(mem, sizeof(buf));
}

// posix_*() return their error.
static int as_errno(int error) {
    errno = error;
    return error == 0 ? 0 : -1;
}

static void of_a_file(struct check *t) {
    struct stat st;
    struct iovec part = {buf, 1};
    struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_OMIT}};
    full = openat(check_fd(t, "dir"), "file", O_RDWR | O_CREAT | O_TRUNC);
    CHECK_REQUIRE(t, full >= 0 && write(full, buf, sizeof(buf)) == sizeof(buf));
    NEEDS(t, FD_DATASYNC, fdatasync(fd));
    NEEDS(t, FD_SYNC, fsync(fd));
    NEEDS(t, FD_WRITE, write(fd, "x", 1));
    NEEDS(t, FD_WRITE, writev(fd, &part, 1));
    NEEDS(t, FD_WRITE, pwrite(fd, "x", 1, 0));
    NEEDS(t, FD_SEEK, pwrite(fd, "x", 1, 0));
    NEEDS(t, FD_SEEK, lseek(fd, 0, SEEK_SET));
    NEEDS(t, FD_SEEK, lseek(fd, 0, SEEK_END));
    NEEDS(t, FD_READ, read(fd, buf, 1));
    NEEDS(t, FD_READ, readv(fd, &part, 1));
    NEEDS(t, FD_READ, pread(fd, buf, 1, 0));
    NEEDS(t, FD_SEEK, pread(fd, buf, 1, 0));
    NEEDS(t, FD_STAT_PUT_FLAGS, fcntl(fd, F_SETFL, 0));
    NEEDS(t, FILE_ADVISE, as_errno(posix_fadvise(fd, 0, 0, POSIX_FADV_NORMAL)));
    NEEDS(t, FILE_ALLOCATE, as_errno(posix_fallocate(fd, 0, 1)));
    NEEDS(t, FILE_STAT_FGET, fstat(fd, &st));
    NEEDS(t, FILE_STAT_FPUT_SIZE, ftruncate(fd, sizeof(buf)));
    NEEDS(t, FILE_STAT_FPUT_TIMES, futimens(fd, times));
    int neither = without(full, CLOUDABI_RIGHT_FD_SEEK | CLOUDABI_RIGHT_FD_TELL);
    CHECK_INT(t, ERROR(lseek(neither, 0, SEEK_CUR)), ENOTCAPABLE);
    close(neither);
    close(full);
}

static void of_a_mapping(struct check *t) {
    full = openat(check_fd(t, "dir"), "file", O_RDWR | O_CREAT);
    CHECK_REQUIRE(t, full >= 0 && ftruncate(full, sizeof(buf)) == 0);
    NEEDS(t, MEM_MAP, mapping(fd, PROT_NONE, MAP_PRIVATE));
    NEEDS(t, FD_READ, mapping(fd, PROT_READ, MAP_PRIVATE));
    NEEDS(t, FD_WRITE, mapping(fd, PROT_READ | PROT_WRITE, MAP_SHARED));
    int reading = without(full, CLOUDABI_RIGHT_FD_WRITE);
    CHECK_INT(t, ERROR(mapping(reading, PROT_READ | PROT_WRITE, MAP_PRIVATE)), 0);
    close(reading);
    close(full);
    full = dup(check_fd(t, "self"));
    NEEDS(t, MEM_MAP_EXEC, mapping(fd, PROT_EXEC, MAP_PRIVATE));
    int program = without(full, CLOUDABI_RIGHT_PROC_EXEC);
    CHECK_INT(t, program_exec(program, &argdata_null), EBADF); // POSIX has it so
    close(program);
    close(full);
}

static int opening(int fd, int flags) {
    return closing(openat(fd, "file", flags));
}

static int listing(int fd) {
    DIR *dir = fdopendir(dup(fd));
    if (dir == NULL)
        return -1;
    errno = 0;
    bool failed = readdir(dir) == NULL && errno != 0;
    int error = errno;
    closedir(dir);
    errno = error;
    return failed ? -1 : 0;
}

static void of_a_directory(struct check *t) {
    int dir = check_fd(t, "dir");
    struct stat st;
    struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_OMIT}};
    full = dup(dir);
    make_file(t, dir, "file", "");
    CHECK_INT(t, symlinkat("file", dir, "link"), 0);
    NEEDS(t, FILE_OPEN, opening(fd, O_RDONLY));
    NEEDS(t, FILE_CREATE_FILE, opening(fd, O_WRONLY | O_CREAT));
    NEEDS(t, FD_READ, opening(fd, O_RDONLY)); // of what the directory passes on
    NEEDS(t, FD_WRITE, opening(fd, O_WRONLY));
    NEEDS(t, FD_SEEK, opening(fd, O_WRONLY));
    NEEDS(t, FILE_STAT_FPUT_SIZE, opening(fd, O_WRONLY | O_TRUNC));
    NEEDS(t, FD_SYNC, opening(fd, O_WRONLY | O_SYNC));
    NEEDS(t, FILE_CREATE_DIRECTORY, (unlinkat(dir, "made", AT_REMOVEDIR), mkdirat(fd, "made", 0)));
    NEEDS(t, FILE_LINK_SOURCE, (unlinkat(dir, "two", 0), linkat(fd, "file", dir, "two", 0)));
    NEEDS(t, FILE_LINK_TARGET, (unlinkat(dir, "two", 0), linkat(dir, "file", fd, "two", 0)));
    NEEDS(t, FILE_READDIR, listing(fd));
    NEEDS(t, FILE_READLINK, readlinkat(fd, "link", buf, sizeof(buf)));
    NEEDS(t, FILE_RENAME_SOURCE, renameat(fd, "file", dir, "file"));
    NEEDS(t, FILE_RENAME_TARGET, renameat(dir, "file", fd, "file"));
    NEEDS(t, FILE_STAT_GET, fstatat(fd, "file", &st, 0));
    NEEDS(t, FILE_STAT_FGET, fstat(fd, &st));
    NEEDS(t, FILE_STAT_PUT_TIMES, utimensat(fd, "file", times, 0));
    NEEDS(t, FILE_SYMLINK, (unlinkat(dir, "made_link", 0), symlinkat("file", fd, "made_link")));
    NEEDS(t, FILE_UNLINK,
          (closing(openat(dir, "gone", O_WRONLY | O_CREAT)), unlinkat(fd, "gone", 0)));
    close(full);
}

// poll() tells of a descriptor without the right by POLLERR.
static int polling(int fd, short events) {
    struct pollfd entry = {.fd = fd, .events = events};
    poll(&entry, 1, 0);
    errno = ENOTCAPABLE;
    return (entry.revents & POLLERR) != 0 ? -1 : 0;
}

static void of_a_socket(struct check *t) {
    int pair[2];
    struct stat st;
    CHECK_REQUIRE(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    CHECK_INT(t, send(pair[1], buf, 100, 0), 100);
    full = pair[0];
    NEEDS(t, FD_READ, recv(fd, buf, 1, 0));
    NEEDS(t, FD_READ, read(fd, buf, 1));
    NEEDS(t, FD_WRITE, send(fd, "x", 1, 0));
    NEEDS(t, FD_WRITE, write(fd, "x", 1));
    NEEDS(t, FD_STAT_PUT_FLAGS, fcntl(fd, F_SETFL, 0));
    NEEDS(t, FILE_STAT_FGET, fstat(fd, &st));
    NEEDS(t, POLL_FD_READWRITE, polling(fd, POLLIN));
    NEEDS(t, FD_READ, polling(fd, POLLIN));
    NEEDS(t, POLL_FD_READWRITE, polling(fd, POLLOUT));
    NEEDS(t, FD_WRITE, polling(fd, POLLOUT));
    NEEDS(t, SOCK_SHUTDOWN, shutdown(fd, SHUT_RDWR));
    close(pair[0]);
    close(pair[1]);
}

// What every descriptor can do, whatever was taken from it.
static void without_any(struct check *t) {
    int none = without(check_fd(t, "dir"), ~UINT64_C(0)), copy = dup(none), other = dup(none);
    CHECK_REQUIRE(t, none >= 0 && copy >= 0 && other >= 0);
    CHECK_INT(t, dup2(none, other), other);
    CHECK(t, fcntl(none, F_GETFL) >= 0);
    CHECK_INT(t, ERROR(openat(copy, "file", O_RDONLY)), ENOTCAPABLE);
    CHECK_INT(t, ERROR(openat(other, "file", O_RDONLY)), ENOTCAPABLE);
    CHECK_INT(t, close(none), 0);
    CHECK_INT(t, close(copy), 0);
    CHECK_INT(t, close(other), 0);
    CHECK_INT(t, ERROR(close(other)), EBADF);
}

// Rights that a socket does not pass on.
static void through_a_socket(struct check *t) {
    int pair[2], arrived = -1;
    CHECK_REQUIRE(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    int narrow = without(pair[1], CLOUDABI_RIGHT_FILE_UNLINK); // in its inheriting set
    struct iovec byte = {buf, 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = &byte,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof(control)};
    control.header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    int dir = check_fd(t, "dir");
    memcpy(CMSG_DATA(&control.header), &dir, sizeof(int));
    CHECK_INT(t, sendmsg(pair[0], &message, 0), 1);
    CHECK_INT(t, recvmsg(narrow, &message, 0), 1);
    memcpy(&arrived, CMSG_DATA(&control.header), sizeof(int));
    make_file(t, dir, "file", "");
    CHECK_INT(t, ERROR(unlinkat(arrived, "file", 0)), ENOTCAPABLE);
    CHECK_INT(t, opening(arrived, O_RDONLY), 0);
    close(arrived);
    close(narrow);
    close(pair[0]);
    close(pair[1]);
}

#define TESTS(X)                                                                                   \
    X(of_a_file)                                                                                   \
    X(of_a_mapping)                                                                                \
    X(of_a_directory)                                                                              \
    X(of_a_socket)                                                                                 \
    X(without_any)                                                                                 \
    X(through_a_socket)
CHECK_MAIN(TESTS)
