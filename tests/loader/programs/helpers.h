// SPDX-License-Identifier: BSD-2-Clause
// Short forms of calls that many tests make.
#ifndef TESTS_LOADER_HELPERS_H
#define TESTS_LOADER_HELPERS_H

#include "bind.h"

// Descriptors whose list does not fit on one page of a hand-over.
#define MANY 180

#define DIR 1      // a fresh, empty directory
#define PROGRAMS 2 // the directory with the test programs

#define READING (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK | CLOUDABI_RIGHT_FILE_STAT_FGET)
#define WRITING (READING | CLOUDABI_RIGHT_FD_WRITE)

static inline cloudabi_errno_t open_at(cloudabi_lookup_t dir, const char *path, uint16_t oflags,
                                       cloudabi_rights_t base, cloudabi_rights_t inheriting,
                                       cloudabi_fd_t *fd) {
    cloudabi_fdstat_t wanted = {.fs_rights_base = base, .fs_rights_inheriting = inheriting};
    return cloudabi_sys_file_open(dir, path, strlen(path), oflags, &wanted, fd);
}

static inline cloudabi_errno_t make_file(cloudabi_fd_t dir, const char *path) {
    cloudabi_fd_t fd;
    cloudabi_errno_t error = open_at(LOOKUP(dir), path, CLOUDABI_O_CREAT, WRITING, 0, &fd);
    return error != 0 ? error : cloudabi_sys_fd_close(fd);
}

static inline cloudabi_errno_t make_dir(cloudabi_fd_t dir, const char *path) {
    return cloudabi_sys_file_create(dir, path, strlen(path), CLOUDABI_FILETYPE_DIRECTORY);
}

static inline cloudabi_errno_t make_link(const char *target, cloudabi_fd_t dir, const char *path) {
    return cloudabi_sys_file_symlink(target, strlen(target), dir, path, strlen(path));
}

static inline cloudabi_errno_t stat_at(cloudabi_lookup_t dir, const char *path,
                                       cloudabi_filestat_t *out) {
    return cloudabi_sys_file_stat_get(dir, path, strlen(path), out);
}

static inline cloudabi_errno_t rename_at(cloudabi_fd_t dir, const char *from, const char *to) {
    return cloudabi_sys_file_rename(dir, from, strlen(from), dir, to, strlen(to));
}

static inline cloudabi_errno_t link_at(cloudabi_lookup_t dir, const char *from, const char *to) {
    return cloudabi_sys_file_link(dir, from, strlen(from), dir.fd, to, strlen(to));
}

static inline cloudabi_errno_t unlink_at(cloudabi_fd_t dir, const char *path, uint8_t flags) {
    return cloudabi_sys_file_unlink(dir, path, strlen(path), flags);
}

static inline cloudabi_errno_t write_text(cloudabi_fd_t fd, const char *text) {
    cloudabi_ciovec_t part = {text, strlen(text)};
    size_t done;
    return cloudabi_sys_fd_write(fd, &part, 1, &done);
}

static inline cloudabi_errno_t read_bytes(cloudabi_fd_t fd, void *buf, size_t len, size_t *done) {
    cloudabi_iovec_t part = {buf, len};
    return cloudabi_sys_fd_read(fd, &part, 1, done);
}

static inline cloudabi_errno_t shrink(cloudabi_fd_t fd, cloudabi_rights_t base,
                                      cloudabi_rights_t inheriting) {
    cloudabi_fdstat_t to = {.fs_rights_base = base, .fs_rights_inheriting = inheriting};
    return cloudabi_sys_fd_stat_put(fd, &to, CLOUDABI_FDSTAT_RIGHTS);
}

static inline cloudabi_fdstat_t fdstat(cloudabi_fd_t fd) {
    cloudabi_fdstat_t result = {0};
    cloudabi_sys_fd_stat_get(fd, &result);
    return result;
}

// A copy of fd with fewer rights.
static inline cloudabi_fd_t copy_with(cloudabi_fd_t fd, cloudabi_rights_t base,
                                      cloudabi_rights_t inheriting) {
    cloudabi_fd_t copy = UINT32_MAX;
    cloudabi_sys_fd_dup(fd, &copy);
    shrink(copy, base, inheriting);
    return copy;
}

static inline cloudabi_errno_t sleep_ms(uint64_t ms) {
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_CLOCK};
    in.clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    in.clock.timeout = ms * 1000000;
    cloudabi_event_t out;
    size_t n;
    return cloudabi_sys_poll(&in, &out, 1, &n);
}

// Waits for the end of a child process.
static inline cloudabi_event_t wait_process(cloudabi_fd_t fd) {
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_PROC_TERMINATE};
    in.proc_terminate.fd = fd;
    cloudabi_event_t out = {.error = CLOUDABI_ENOSYS};
    size_t n;
    cloudabi_sys_poll(&in, &out, 1, &n);
    return out;
}

#endif
