// SPDX-License-Identifier: BSD-2-Clause
// What processes.c executes. The data says what to expect; an exit code of 0 says it was so.
#include "delegation.h"

static char kept_uuid[16];

static bool is_open(cloudabi_fd_t fd) {
    cloudabi_fdstat_t st;
    return cloudabi_sys_fd_stat_get(fd, &st) == 0;
}

static bool none_from(cloudabi_fd_t first) {
    for (cloudabi_fd_t fd = first; fd < 200; ++fd) {
        if (is_open(fd))
            return false;
    }
    return true;
}

static bool renumbered(void) {
    cloudabi_fdstat_t out = fdstat(0), again = fdstat(2);
    cloudabi_fdstat_t file = fdstat(3), socket = fdstat(4);
    return out.fs_filetype == again.fs_filetype && out.fs_rights_base == again.fs_rights_base &&
           fdstat(1).fs_filetype == CLOUDABI_FILETYPE_DIRECTORY &&
           file.fs_filetype == CLOUDABI_FILETYPE_REGULAR_FILE &&
           file.fs_rights_base == (CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FD_SEEK) &&
           socket.fs_filetype == CLOUDABI_FILETYPE_SOCKET_STREAM && is_open(5) && none_from(6);
}

static bool permuted(void) {
    size_t n;
    char byte = 0;
    return fdstat(1).fs_filetype == CLOUDABI_FILETYPE_SOCKET_STREAM &&
           fdstat(3).fs_filetype == CLOUDABI_FILETYPE_DIRECTORY &&
           fdstat(4).fs_filetype == CLOUDABI_FILETYPE_REGULAR_FILE && none_from(5) &&
           write_text(1, "x") == 0 && read_bytes(2, &byte, 1, &n) == 0 && byte == 'x';
}

static bool many(void) {
    bool ok = none_from(MANY);
    for (cloudabi_fd_t fd = 0; fd < MANY; ++fd) {
        bool directory = fd % 3 == 0 && fd / 3 % 3 != 2;
        ok = ok && is_open(fd) &&
             (fdstat(fd).fs_filetype == CLOUDABI_FILETYPE_DIRECTORY) == directory;
    }
    return ok;
}

// Descriptor 1 is a directory with these base and inheriting rights, that lets read and not write.
static bool with_rights(const char *data) {
    cloudabi_rights_t wanted[2];
    cloudabi_fdstat_t st = fdstat(1);
    cloudabi_fd_t fd;
    memcpy(wanted, data, sizeof(wanted));
    return st.fs_rights_base == wanted[0] && st.fs_rights_inheriting == wanted[1] &&
           open_at(LOOKUP(1), "f", 0, READING, 0, &fd) == 0 &&
           write_text(fd, "x") == CLOUDABI_ENOTCAPABLE &&
           open_at(LOOKUP(1), "f", 0, WRITING, 0, &fd) == CLOUDABI_ENOTCAPABLE &&
           unlink_at(1, "f", 0) == CLOUDABI_ENOTCAPABLE;
}

// Descriptor 1 is a directory, 2 the same with fewer rights, 3 this program, which then gets both
// from here.
static bool delegated(bool again) {
    bool ok = directory_lists(1) && directory_reads(1) && directory_changes(1) &&
              directory_lists(2) && directory_reads(2) && directory_stays_as_it_is(2) &&
              fdstat(3).fs_filetype == CLOUDABI_FILETYPE_REGULAR_FILE && none_from(4);
    if (ok && !again)
        cloudabi_sys_proc_exec(3, STRING("delegated again"), (cloudabi_fd_t[]){0, 1, 2, 3}, 4);
    return ok && again;
}

void test(const cloudabi_auxv_t *auxv) {
    const char *data = auxv_find(auxv, CLOUDABI_AT_ARGDATA)->a_ptr;
    size_t len = auxv_find(auxv, CLOUDABI_AT_ARGDATALEN)->a_val;
    memcpy(kept_uuid, auxv_find(auxv, CLOUDABI_AT_PID)->a_ptr, 16);
    bool ok = false;
    if (len == 0)
        cloudabi_sys_proc_exit(none_from(0) ? 55 : 56);
    if (len == 3 && memcmp(data, "big", 3) == 0)
        cloudabi_sys_proc_exit(0x12345678);
    if (len == 10 && memcmp(data, "renumbered", 10) == 0) {
        ok = renumbered();
    } else if (len == 8 && memcmp(data, "permuted", 8) == 0) {
        ok = permuted();
    } else if (len == 5 && memcmp(data, "again", 5) == 0) {
        cloudabi_sys_proc_exec(1, STRING("last"), (cloudabi_fd_t[]){0}, 1);
    } else if (len == 4 && memcmp(data, "last", 4) == 0) {
        ok = none_from(1);
    } else if (len == 4 && memcmp(data, "uuid", 4) == 0) {
        cloudabi_sys_proc_exec(1, kept_uuid, 16, (cloudabi_fd_t[]){0}, 1);
    } else if (len == 4 && memcmp(data, "many", 4) == 0) {
        ok = many();
    } else if (len == 22 && memcmp(data, "rights", 6) == 0) {
        ok = with_rights(data + 6);
    } else if (len == 9 && memcmp(data, "delegated", 9) == 0) {
        ok = delegated(false);
    } else if (len == 15 && memcmp(data, "delegated again", 15) == 0) {
        ok = delegated(true);
    } else if (len == 16) {
        ok = memcmp(data, kept_uuid, 16) != 0;
    }
    cloudabi_sys_proc_exit(ok ? 0 : 1);
}
