// SPDX-License-Identifier: BSD-2-Clause
// What tests of file functions share: descriptors with fewer rights, and errors as values.
#ifndef FILES_H
#define FILES_H

#include <cloudabi_syscalls.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

// The errno of a function that is to return -1, or 0 if it does not.
#define ERROR(call) (errno = 0, (call) == -1 ? errno : 0)

// Another descriptor of the same object that lacks these rights, in both sets.
static inline int without(int fd, cloudabi_rights_t rights) {
    int copy = dup(fd);
    cloudabi_fdstat_t stat;
    if (copy < 0 || cloudabi_sys_fd_stat_get(copy, &stat) != 0)
        return -1;
    stat.fs_rights_base &= ~rights;
    stat.fs_rights_inheriting &= ~rights;
    return cloudabi_sys_fd_stat_put(copy, &stat, CLOUDABI_FDSTAT_RIGHTS) == 0 ? copy : -1;
}

// A number that is not open.
static inline int closed(int fd) {
    int copy = dup(fd);
    return close(copy) == 0 ? copy : -1;
}

// Makes a file with this text below `dir`; checks that it worked.
static inline void make_file(struct check *t, int dir, const char *path, const char *text) {
    int fd = openat(dir, path, O_WRONLY | O_CREAT | O_TRUNC);
    CHECK(t, fd >= 0);
    CHECK_INT(t, write(fd, text, strlen(text)), strlen(text));
    CHECK_INT(t, close(fd), 0);
}

// Compares a file below `dir` with a text.
static inline void check_file(struct check *t, int dir, const char *path, const char *text) {
    char data[256];
    int fd = openat(dir, path, O_RDONLY);
    CHECK(t, fd >= 0);
    ssize_t size = read(fd, data, sizeof(data) - 1);
    CHECK(t, size >= 0);
    data[size < 0 ? 0 : size] = '\0';
    CHECK_STR(t, data, text);
    CHECK_INT(t, close(fd), 0);
}

#endif
