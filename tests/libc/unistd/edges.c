// SPDX-License-Identifier: BSD-2-Clause
// Edge rules of the system as the library's functions show them: large offsets, paths, directories
// that change, memory, sockets, many descriptors.

#define _GNU_SOURCE
#include <dirent.h>
#include <limits.h>
#include <poll.h>
#include <program.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "../files.h"

#define GIB ((off_t)1 << 30)

static void beyond_4_gib(struct check *t) {
    char text[8] = "";
    struct stat st;
    int fd = openat(check_fd(t, "dir"), "big", O_RDWR | O_CREAT | O_TRUNC);
    CHECK_INT(t, pwrite(fd, "far away", 8, 4 * GIB - 3), 8);
    CHECK_INT(t, pread(fd, text, 5, 4 * GIB), 5);
    CHECK(t, memcmp(text, " away", 5) == 0);
    CHECK_INT(t, pread(fd, text, 1, 0), 1);
    CHECK_INT(t, text[0], 0);
    CHECK_INT(t, lseek(fd, 6 * GIB, SEEK_SET), 6 * GIB);
    CHECK_INT(t, write(fd, "x", 1), 1);
    CHECK_INT(t, lseek(fd, -5 * GIB, SEEK_CUR), GIB + 1);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK_INT(t, st.st_size, 6 * GIB + 1);
    char *mem = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 4 * GIB - 4096);
    CHECK_REQUIRE(t, mem != MAP_FAILED);
    CHECK(t, memcmp(mem + 4093, "far away", 8) == 0);
    munmap(mem, 8192);
    CHECK_INT(t, ftruncate(fd, 5 * GIB), 0);
    CHECK_INT(t, lseek(fd, 0, SEEK_END), 5 * GIB);
    close(fd);
    unlinkat(check_fd(t, "dir"), "big", 0);
}

static void sizes(struct check *t) {
    struct stat st;
    int fd = openat(check_fd(t, "dir"), "size", O_RDWR | O_CREAT | O_TRUNC);
    CHECK_INT(t, write(fd, "0123456789", 10), 10);
    CHECK_INT(t, posix_fallocate(fd, 0, 5), 0);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK_INT(t, st.st_size, 10);
    CHECK_INT(t, posix_fallocate(fd, INT64_MAX, INT64_MAX), EFBIG);
    close(fd);
    fd = openat(check_fd(t, "dir"), "size", O_RDWR | O_TRUNC);
    CHECK_INT(t, fstat(fd, &st), 0);
    CHECK_INT(t, st.st_size, 0);
    close(fd);
    CHECK(t, (fd = openat(check_fd(t, "dir"), "size", O_RDONLY | O_EXCL)) >= 0);
    close(fd);
    fd = check_fd(t, "in");
    CHECK_INT(t, ERROR(pread(fd, (void *)8, 1, 0)), EFAULT);
    int pair[2];
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    CHECK_INT(t, ERROR(write(pair[0], (void *)8, 1)), EFAULT);
    CHECK_INT(t, close(pair[0]), 0);
    CHECK_INT(t, dup2(fd, pair[1]), pair[1]);
    CHECK_INT(t, close(pair[1]), 0);
}

static void paths(struct check *t) {
    int dir = check_fd(t, "dir");
    struct stat st;
    char text[8];
    static char name[PATH_MAX + 1];
    make_file(t, dir, "plain", "");
    CHECK_INT(t, mkdirat(dir, "sub", 0), 0);
    CHECK_INT(t, symlinkat("sub", dir, "to_sub"), 0);
    CHECK_INT(t, symlinkat("plain", dir, "to_plain"), 0);
    CHECK_INT(t, ERROR(fstatat(dir, "sub/../../x", &st, 0)), ENOTCAPABLE);
    CHECK_INT(t, fstatat(dir, "sub/../plain", &st, 0), 0);
    CHECK_INT(t, fstatat(dir, "to_sub/../plain", &st, 0), 0);
    CHECK_INT(t, fstatat(dir, "to_sub/", &st, AT_SYMLINK_NOFOLLOW), 0);
    CHECK(t, S_ISDIR(st.st_mode));
    CHECK_INT(t, fstatat(dir, "to_plain", &st, AT_SYMLINK_NOFOLLOW), 0);
    CHECK(t, S_ISLNK(st.st_mode) && st.st_size == 5);
    CHECK_INT(t, fstatat(dir, "to_plain", &st, 0), 0);
    CHECK(t, S_ISREG(st.st_mode));
    memset(name, '/', PATH_MAX);
    name[0] = '.';
    CHECK_INT(t, ERROR(fstatat(dir, name, &st, 0)), ENAMETOOLONG);
    name[PATH_MAX - 1] = '\0';
    CHECK_INT(t, fstatat(dir, name, &st, 0), 0);
    CHECK_INT(t, readlinkat(dir, "to_plain", text, 0), 0);
    CHECK_INT(t, ERROR(linkat(dir, "sub", dir, "second", 0)), EPERM);
    CHECK_INT(t, ERROR(renameat(dir, "plain", dir, "sub")), EISDIR);
    CHECK_INT(t, ERROR(renameat(dir, "sub", dir, "plain")), ENOTDIR);
    CHECK_INT(t, mkdirat(dir, "sub/inner", 0), 0);
    CHECK_INT(t, mkdirat(dir, "other", 0), 0);
    int error = ERROR(renameat(dir, "other", dir, "sub"));
    CHECK(t, error == ENOTEMPTY || error == EEXIST);
    CHECK_INT(t, linkat(dir, "plain", dir, "twin", 0), 0);
    CHECK_INT(t, renameat(dir, "plain", dir, "twin"), 0);
    CHECK_INT(t, fstatat(dir, "plain", &st, 0), 0);
    int sub = openat(dir, "sub", O_SEARCH | O_DIRECTORY), narrow;
    narrow = without(dir, CLOUDABI_RIGHT_FD_WRITE);
    int below = openat(narrow, "sub", O_SEARCH | O_DIRECTORY);
    CHECK_INT(t, ERROR(openat(below, "new", O_WRONLY | O_CREAT)), ENOTCAPABLE);
    CHECK(t, (error = openat(sub, "new", O_WRONLY | O_CREAT)) >= 0);
    close(error);
    close(below);
    close(narrow);
    close(sub);
}

// A position that was told stays good while entries come and go.
static void changing_directory(struct check *t) {
    int dir = check_fd(t, "dir");
    char name[16], kept[64][16];
    bool seen[64] = {false};
    long places[64];
    CHECK_INT(t, mkdirat(dir, "changing", 0), 0);
    int fd = openat(dir, "changing", O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < 60; ++i) {
        snprintf(name, sizeof(name), "entry%d", i);
        make_file(t, fd, name, "");
    }
    DIR *stream = fdopendir(fd);
    CHECK_REQUIRE(t, stream != NULL);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL && count < 64; ++count) {
        snprintf(kept[count], sizeof(kept[count]), "%s", entry->d_name);
        places[count] = telldir(stream);
    }
    CHECK_INT(t, count, 62);
    for (int i = 0; i < 30; i += 2)
        unlinkat(fd, kept[i], 0);
    unlinkat(fd, kept[30], 0);
    make_file(t, fd, "fresh", "");
    seekdir(stream, places[30]);
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        for (int i = 0; i < count; ++i) {
            if (strcmp(kept[i], entry->d_name) == 0) {
                CHECK(t, !seen[i]);
                seen[i] = true;
            }
        }
    }
    for (int i = 31; i < count; ++i)
        CHECK(t, seen[i]);
    DIR *other = fdopendir(openat(dir, "changing", O_RDONLY | O_DIRECTORY));
    seekdir(other, places[40]);
    struct dirent *entry = readdir(other);
    CHECK(t, entry != NULL && strcmp(entry->d_name, kept[41]) == 0);
    closedir(other);
    closedir(stream);
}

static void memory(struct check *t) {
    char *mem = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    CHECK_REQUIRE(t, mem != MAP_FAILED);
    CHECK_INT(t, ERROR(mprotect(mem, 4096, 0x40)), ENOTSUP);
    CHECK_INT(t, ERROR(mprotect(mem + 1, 4096, PROT_READ)), EINVAL);
    CHECK_INT(t, ERROR(msync(mem, 4096, 0)), EINVAL);
    CHECK_INT(t, ERROR(msync(mem, 4096, MS_SYNC | MS_ASYNC)), EINVAL);
    CHECK_INT(t, ERROR(msync(mem, 4096, MS_INVALIDATE)), EINVAL);
    CHECK_INT(t, msync(mem, 4096, MS_SYNC | MS_INVALIDATE), 0);
    CHECK_INT(t, posix_madvise(mem, 4096, 77), EINVAL);
    CHECK_INT(t, posix_madvise(mem, 4096, POSIX_MADV_WILLNEED), 0);
    CHECK_INT(t, ERROR(munmap(mem + 1, 4096)), EINVAL);
    CHECK(t, mmap(mem + 4096, 4096, PROT_READ, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) ==
                 mem + 4096);
    char *hinted = mmap(mem, 4096, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0);
    CHECK(t, hinted != MAP_FAILED && hinted != mem);
    munmap(hinted, 4096);
    CHECK_INT(t, munmap(mem, 8192), 0);
    CHECK_INT(t, ERROR(mprotect(mem, 8192, PROT_READ)), ENOMEM);
}

static void *write_slowly(void *argument) {
    for (int i = 0; i < 4; ++i) {
        sched_yield();
        write(*(int *)argument, "abc", 3);
    }
    return NULL;
}

static void sockets(struct check *t) {
    int pair[2];
    char text[16];
    static char block[1 << 20];
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    pthread_t thread;
    CHECK_INT(t, pthread_create(&thread, NULL, write_slowly, &pair[0]), 0);
    CHECK_INT(t, recv(pair[1], text, 12, MSG_WAITALL), 12);
    CHECK_INT(t, pthread_join(thread, NULL), 0);
    CHECK_INT(t, fcntl(pair[0], F_SETFL, O_NONBLOCK), 0);
    ssize_t sent = send(pair[0], block, sizeof(block), 0);
    CHECK(t, sent > 0 && sent < (ssize_t)sizeof(block));
    close(pair[1]);
    struct pollfd gone = {pair[0], POLLOUT, 0};
    CHECK_INT(t, poll(&gone, 1, 0), 1);
    CHECK(t, (gone.revents & POLLHUP) != 0);
    CHECK_INT(t, ERROR(recv(pair[1], text, 1, 0)), EBADF);
    CHECK_INT(t, ERROR(send(pair[1], text, 1, 0)), EBADF);
    CHECK_INT(t, ERROR(shutdown(pair[1], SHUT_RD)), EBADF);
    close(pair[0]);
    CHECK_INT(t, socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    CHECK_INT(t, ERROR(accept(pair[0], NULL, NULL)), EINVAL);
    struct pollfd both[2] = {{pair[1], POLLIN, 0}, {pair[0], POLLIN, 0}};
    write(pair[0], "x", 1);
    close(pair[0]);
    CHECK_INT(t, poll(both, 2, -1), 2); // a bad entry beside a good one
    CHECK_INT(t, both[1].revents, POLLNVAL);
    CHECK(t, (both[0].revents & POLLIN) != 0);
    close(pair[1]);
}

// Every number that there is, then all of them back.
static void exhaustion(struct check *t) {
    static int fds[1 << 16];
    int in = check_fd(t, "in"), count = 0;
    while (count < (1 << 16) && (fds[count] = dup(in)) >= 0)
        ++count;
    CHECK_INT(t, errno, EMFILE);
    CHECK_INT(t, ERROR(openat(check_fd(t, "dir"), ".", O_RDONLY | O_DIRECTORY)), EMFILE);
    for (int i = 0; i < count; ++i)
        CHECK(t, close(fds[i]) == 0);
    CHECK(t, (fds[0] = dup(in)) >= 0);
    close(fds[0]);
}

#define TESTS(X)                                                                                   \
    X(beyond_4_gib)                                                                                \
    X(sizes)                                                                                       \
    X(paths)                                                                                       \
    X(changing_directory)                                                                          \
    X(memory)                                                                                      \
    X(sockets)                                                                                     \
    X(exhaustion)
CHECK_MAIN(TESTS)
