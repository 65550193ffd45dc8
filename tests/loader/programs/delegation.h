// SPDX-License-Identifier: BSD-2-Clause
// What a directory can do for whoever was given it.
#ifndef TESTS_LOADER_DELEGATION_H
#define TESTS_LOADER_DELEGATION_H

#include "helpers.h"

// It lists exactly `file`, which holds "content", and `sub`.
static inline bool directory_lists(cloudabi_fd_t dir) {
    static char buf[1024];
    size_t used = 0, entries = 0, known = 0;
    if (cloudabi_sys_file_readdir(dir, buf, sizeof(buf), 0, &used) != 0)
        return false;
    for (size_t at = 0; at + sizeof(cloudabi_dirent_t) <= used; ++entries) {
        cloudabi_dirent_t entry;
        memcpy(&entry, &buf[at], sizeof(entry));
        at += sizeof(entry);
        known += entry.d_namlen == 4 && memcmp(&buf[at], "file", 4) == 0;
        known += entry.d_namlen == 3 && memcmp(&buf[at], "sub", 3) == 0;
        at += entry.d_namlen;
    }
    return entries == 4 && known == 2; // "." and ".."
}

// A file of it is read, sought in and looked at.
static inline bool directory_reads(cloudabi_fd_t dir) {
    cloudabi_fd_t fd;
    char text[4];
    size_t n;
    cloudabi_filesize_t at;
    cloudabi_filestat_t by_path, by_fd;
    bool ok = open_at(LOOKUP(dir), "file", 0, READING, 0, &fd) == 0 &&
              cloudabi_sys_fd_seek(fd, 3, CLOUDABI_WHENCE_SET, &at) == 0 && at == 3 &&
              read_bytes(fd, text, 4, &n) == 0 && n == 4 && memcmp(text, "tent", 4) == 0 &&
              stat_at(LOOKUP(dir), "file", &by_path) == 0 &&
              cloudabi_sys_file_stat_fget(fd, &by_fd) == 0 && by_path.st_ino == by_fd.st_ino &&
              by_path.st_size == 7;
    cloudabi_sys_fd_close(fd);
    return ok;
}

// It is changed, and put back.
static inline bool directory_changes(cloudabi_fd_t dir) {
    cloudabi_fd_t fd;
    bool ok = open_at(LOOKUP(dir), "made", CLOUDABI_O_CREAT, WRITING, 0, &fd) == 0 &&
              write_text(fd, "x") == 0;
    cloudabi_sys_fd_close(fd);
    return ok && rename_at(dir, "made", "sub/moved") == 0 &&
           link_at(LOOKUP(dir), "sub/moved", "linked") == 0 &&
           make_link("sub/../linked", dir, "pointer") == 0 &&
           open_at(FOLLOW(dir), "pointer", 0, READING, 0, &fd) == 0 &&
           cloudabi_sys_fd_close(fd) == 0 && unlink_at(dir, "pointer", 0) == 0 &&
           unlink_at(dir, "linked", 0) == 0 && unlink_at(dir, "sub/moved", 0) == 0 &&
           make_dir(dir, "folder") == 0 && unlink_at(dir, "folder", CLOUDABI_UNLINK_REMOVEDIR) == 0;
}

static inline bool directory_stays_as_it_is(cloudabi_fd_t dir) {
    cloudabi_fd_t fd;
    return make_dir(dir, "folder") == CLOUDABI_ENOTCAPABLE &&
           unlink_at(dir, "file", 0) == CLOUDABI_ENOTCAPABLE &&
           open_at(LOOKUP(dir), "file", 0, WRITING, 0, &fd) == CLOUDABI_ENOTCAPABLE;
}

#endif
