// SPDX-License-Identifier: BSD-2-Clause
// Path rules (section 5 of the ABI) and the calls that make, move and remove names.
#include "helpers.h"

static char long_path[5000];

// Each call that takes one path, on a path that leaves the directory.
static void leaving(const char *path, const char *name) {
    cloudabi_fd_t fd;
    cloudabi_filestat_t st = {0};
    char buf[8];
    size_t used, len = strlen(path);
    bool refused =
        open_at(FOLLOW(DIR), path, 0, READING, 0, &fd) == CLOUDABI_ENOTCAPABLE &&
        stat_at(FOLLOW(DIR), path, &st) == CLOUDABI_ENOTCAPABLE &&
        cloudabi_sys_file_stat_put(FOLLOW(DIR), path, len, &st, CLOUDABI_FILESTAT_ATIM) ==
            CLOUDABI_ENOTCAPABLE &&
        cloudabi_sys_file_readlink(DIR, path, len, buf, 8, &used) == CLOUDABI_ENOTCAPABLE &&
        make_dir(DIR, path) == CLOUDABI_ENOTCAPABLE &&
        make_link("x", DIR, path) == CLOUDABI_ENOTCAPABLE &&
        unlink_at(DIR, path, 0) == CLOUDABI_ENOTCAPABLE &&
        unlink_at(DIR, path, CLOUDABI_UNLINK_REMOVEDIR) == CLOUDABI_ENOTCAPABLE &&
        rename_at(DIR, path, "new") == CLOUDABI_ENOTCAPABLE &&
        rename_at(DIR, "file", path) == CLOUDABI_ENOTCAPABLE &&
        link_at(FOLLOW(DIR), path, "new") == CLOUDABI_ENOTCAPABLE &&
        link_at(FOLLOW(DIR), "file", path) == CLOUDABI_ENOTCAPABLE;
    check(refused, name);
}

static void staying_inside(void) {
    leaving("/etc/passwd", "every call: an absolute path is NOTCAPABLE");
    leaving("../x", "every call: .. above the start is NOTCAPABLE");
    leaving("dir/../../x", "every call: .. above the start on a detour is NOTCAPABLE");
    leaving("..", "every call: .. itself is NOTCAPABLE");
    leaving("up/x", "every call: through a link to .. is NOTCAPABLE");
    leaving("root/x", "every call: through a link to / is NOTCAPABLE");
    cloudabi_filestat_t st;
    cloudabi_fd_t fd;
    check_equal(stat_at(FOLLOW(DIR), "root", &st), CLOUDABI_ENOTCAPABLE,
                "file_stat_get: following a last link out is NOTCAPABLE");
    check_equal(open_at(FOLLOW(DIR), "passwd", 0, READING, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "file_open: following a last link out is NOTCAPABLE");
    check_equal(link_at(FOLLOW(DIR), "passwd", "new"), CLOUDABI_ENOTCAPABLE,
                "file_link: following a last link out is NOTCAPABLE");
    check_equal(stat_at(LOOKUP(DIR), "root/", &st), CLOUDABI_ENOTCAPABLE,
                "a slash at the end follows, and may not leave");
    check_equal(stat_at(LOOKUP(DIR), "dir/../file", &st), 0, ".. inside the tree is fine");
    check_equal(stat_at(LOOKUP(DIR), "dir/..", &st), 0, ".. as last component is fine inside");
}

static void shapes(void) {
    cloudabi_filestat_t st;
    cloudabi_fd_t fd;
    check_equal(stat_at(LOOKUP(DIR), "", &st), CLOUDABI_ENOENT, "an empty path is NOENT");
    check_equal(cloudabi_sys_file_stat_get(LOOKUP(DIR), STRING("fi\0le"), &st), CLOUDABI_EINVAL,
                "NUL in a path is INVAL");
    memset(long_path, 'a', 4096);
    check_equal(cloudabi_sys_file_stat_get(LOOKUP(DIR), long_path, 4096, &st),
                CLOUDABI_ENAMETOOLONG, "4096 bytes are NAMETOOLONG");
    memset(long_path, '/', 4095);
    long_path[0] = '.';
    check_equal(cloudabi_sys_file_stat_get(LOOKUP(DIR), long_path, 4095, &st), 0,
                "4095 bytes are not");
    memset(long_path, 'a', 300);
    check_equal(cloudabi_sys_file_create(DIR, long_path, 300, CLOUDABI_FILETYPE_DIRECTORY),
                CLOUDABI_ENAMETOOLONG, "a component of 300 bytes is NAMETOOLONG");
    check_equal(stat_at(FOLLOW(DIR), "loop", &st), CLOUDABI_ELOOP, "a loop of links is LOOP");
    check_equal(link_at(FOLLOW(DIR), "loop", "new"), CLOUDABI_ELOOP, "file_link: also LOOP");
    check_equal(open_at(LOOKUP(DIR), "to_file", 0, READING, 0, &fd), CLOUDABI_ELOOP,
                "file_open: a last link without SYMLINK_FOLLOW is LOOP");
    check_equal(open_at(LOOKUP(DIR), "to_dir", CLOUDABI_O_DIRECTORY, 0, 0, &fd), CLOUDABI_ELOOP,
                "file_open: also with DIRECTORY");
    check_equal(open_at(FOLLOW(DIR), "to_file", 0, READING, 0, &fd), 0,
                "file_open: SYMLINK_FOLLOW follows");
    cloudabi_sys_fd_close(fd);
    check_equal(stat_at(LOOKUP(DIR), "to_dir/../file", &st), 0,
                "a link in the middle is always followed");
    check_equal(stat_at(LOOKUP(DIR), "file/", &st), CLOUDABI_ENOTDIR,
                "a slash after a file is NOTDIR");
    check_equal(stat_at(LOOKUP(DIR), "file/x", &st), CLOUDABI_ENOTDIR, "below a file is NOTDIR");
    check_equal(stat_at((cloudabi_lookup_t){DIR, 2}, "file", &st), CLOUDABI_EINVAL,
                "an unknown lookup flag is INVAL");
}

static void links(void) {
    cloudabi_filestat_t st;
    char buf[8] = "........";
    size_t used;
    check_equal(stat_at(LOOKUP(DIR), "to_file", &st), 0, "file_stat_get: of a link");
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_SYMBOLIC_LINK, "is the link itself");
    check_equal(st.st_size, 4, "st_size of a link is its target's length");
    check_equal(stat_at(FOLLOW(DIR), "to_file", &st), 0, "file_stat_get: through a link");
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_REGULAR_FILE, "is what it leads to");
    check_equal(cloudabi_sys_file_readlink(DIR, STRING("to_file"), buf, 8, &used), 0,
                "file_readlink");
    check(used == 4 && memcmp(buf, "file....", 8) == 0, "no terminator");
    check_equal(cloudabi_sys_file_readlink(DIR, STRING("to_file"), buf, 2, &used), 0,
                "file_readlink: too short a buffer");
    check_equal(used, 2, "cuts silently");
    check_equal(cloudabi_sys_file_readlink(DIR, STRING("to_file"), buf, 0, &used), 0,
                "file_readlink: a buffer of 0");
    check_equal(used, 0, "gives 0");
    check_equal(cloudabi_sys_file_readlink(DIR, STRING("file"), buf, 8, &used), CLOUDABI_EINVAL,
                "file_readlink: of a file is INVAL");
    check_equal(make_link("/absolute", DIR, "abs"), 0,
                "file_symlink: an absolute target is stored");
    check_equal(make_link("x", DIR, "file"), CLOUDABI_EEXIST, "file_symlink: EXIST");
    check_equal(link_at(LOOKUP(DIR), "file", "second"), 0, "file_link");
    check_equal(stat_at(LOOKUP(DIR), "second", &st), 0, "the second name");
    check_equal(st.st_nlink, 2, "st_nlink counts both");
    check_equal(link_at(LOOKUP(DIR), "file", "second"), CLOUDABI_EEXIST, "file_link: EXIST");
    check_equal(link_at(LOOKUP(DIR), "dir", "dir2"), CLOUDABI_EPERM, "file_link: a directory PERM");
    check_equal(link_at(LOOKUP(DIR), "dir/", "dir2"), CLOUDABI_EPERM, "also with a slash");
    check_equal(link_at(LOOKUP(DIR), "file/", "new"), CLOUDABI_ENOTDIR,
                "file_link: a file with a slash is NOTDIR");
    check_equal(link_at(LOOKUP(DIR), "to_file", "link2"), 0, "file_link: without follow");
    stat_at(LOOKUP(DIR), "link2", &st);
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_SYMBOLIC_LINK, "names the link");
    check_equal(link_at(FOLLOW(DIR), "to_file", "file2"), 0, "file_link: with follow");
    stat_at(LOOKUP(DIR), "file2", &st);
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_REGULAR_FILE, "names the file");
    check_equal(link_at(FOLLOW(DIR), "dir/chain", "file3"), 0,
                "file_link: follows relative to the link's own directory");
}

static void names(void) {
    cloudabi_filestat_t st;
    check_equal(cloudabi_sys_file_create(DIR, STRING("x"), CLOUDABI_FILETYPE_REGULAR_FILE),
                CLOUDABI_EINVAL, "file_create: only directories");
    check_equal(make_dir(DIR, "dir"), CLOUDABI_EEXIST, "file_create: EXIST");
    check_equal(make_dir(DIR, "."), CLOUDABI_EEXIST, "file_create: . is EXIST");
    check_equal(make_link("x", DIR, "dir/."), CLOUDABI_EEXIST, "file_symlink: . is EXIST");
    check_equal(link_at(LOOKUP(DIR), "dir/..", "new"), CLOUDABI_EPERM, "file_link: of .. is PERM");
    check_equal(link_at(LOOKUP(DIR), "file", "dir/."), CLOUDABI_EEXIST, "file_link: to . is EXIST");
    check_equal(link_at((cloudabi_lookup_t){DIR, 2}, "file", "new"), CLOUDABI_EINVAL,
                "file_link: an unknown lookup flag is INVAL");
    check_equal(unlink_at(DIR, "dir/.", CLOUDABI_UNLINK_REMOVEDIR), CLOUDABI_EINVAL,
                "file_unlink: REMOVEDIR of . is INVAL");
    check_equal(unlink_at(DIR, "dir/..", CLOUDABI_UNLINK_REMOVEDIR), CLOUDABI_ENOTEMPTY,
                "file_unlink: REMOVEDIR of .. is NOTEMPTY");
    check_equal(make_dir(DIR, "dir/sub//"), 0, "file_create: slashes at the end are fine");
    check_equal(make_dir(DIR, "none/sub"), CLOUDABI_ENOENT, "file_create: no parent is NOENT");
    check_equal(unlink_at(DIR, "dir", 0), CLOUDABI_EPERM, "file_unlink: a directory is PERM");
    check_equal(unlink_at(DIR, ".", 0), CLOUDABI_EPERM, "file_unlink: . is PERM");
    check_equal(unlink_at(DIR, "file", CLOUDABI_UNLINK_REMOVEDIR), CLOUDABI_ENOTDIR,
                "file_unlink: REMOVEDIR of a file is NOTDIR");
    check_equal(unlink_at(DIR, "dir", CLOUDABI_UNLINK_REMOVEDIR), CLOUDABI_ENOTEMPTY,
                "file_unlink: REMOVEDIR of one that is not empty is NOTEMPTY");
    check_equal(unlink_at(DIR, "file", 2), CLOUDABI_EINVAL, "file_unlink: unknown flag INVAL");
    check_equal(unlink_at(DIR, "dir/sub", CLOUDABI_UNLINK_REMOVEDIR), 0, "file_unlink: REMOVEDIR");
    check_equal(unlink_at(DIR, "to_dir/", CLOUDABI_UNLINK_REMOVEDIR), CLOUDABI_ENOTDIR,
                "file_unlink: does not follow a last link");
    check_equal(unlink_at(DIR, "link2", 0), 0, "file_unlink: a link");
    check_equal(stat_at(LOOKUP(DIR), "file", &st), 0, "leaves its target");
    check_equal(rename_at(DIR, "dir", "dir/sub"), CLOUDABI_EINVAL,
                "file_rename: a directory into itself is INVAL");
    check_equal(rename_at(DIR, "dir/.", "other"), CLOUDABI_EINVAL, "file_rename: . is INVAL");
    check_equal(rename_at(DIR, "file", "dir"), CLOUDABI_EISDIR,
                "file_rename: a file over a directory is ISDIR");
    check_equal(rename_at(DIR, "dir", "file"), CLOUDABI_ENOTDIR,
                "file_rename: a directory over a file is NOTDIR");
    check_equal(rename_at(DIR, "file2", "dir/moved"), 0, "file_rename");
    check_equal(stat_at(LOOKUP(DIR), "dir/moved", &st), 0, "has the new name");
    check_equal(stat_at(LOOKUP(DIR), "file2", &st), CLOUDABI_ENOENT, "not the old one");
}

static void times(void) {
    cloudabi_filestat_t set = {.st_atim = 1000000001, .st_mtim = 2000000002, .st_size = 7}, st;
    const uint16_t both = CLOUDABI_FILESTAT_ATIM | CLOUDABI_FILESTAT_MTIM;
    check_equal(cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("file"), &set, both), 0,
                "file_stat_put: times");
    stat_at(LOOKUP(DIR), "file", &st);
    check(st.st_atim == set.st_atim && st.st_mtim == set.st_mtim, "are set to the nanosecond");
    check_equal(cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("file"), &set,
                                           both | CLOUDABI_FILESTAT_MTIM_NOW),
                0, "file_stat_put: MTIM_NOW beside MTIM");
    stat_at(LOOKUP(DIR), "file", &st);
    check(st.st_mtim > UINT64_C(1000000000000000000), "NOW wins");
    check_equal(
        cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("file"), &set, CLOUDABI_FILESTAT_SIZE),
        CLOUDABI_EINVAL, "file_stat_put: SIZE is INVAL");
    check_equal(cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("file"), &set, 0x20),
                CLOUDABI_EINVAL, "file_stat_put: unknown bit is INVAL");
    check_equal(cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("to_file"), &set, both), 0,
                "file_stat_put: a link, not followed");
    stat_at(LOOKUP(DIR), "file", &st);
    check(st.st_mtim != set.st_mtim, "its target keeps its times");
}

static void rights(void) {
    cloudabi_fdstat_t all = fdstat(DIR);
    cloudabi_fd_t fd, none = copy_with(DIR, 0, all.fs_rights_inheriting);
    cloudabi_filestat_t st = {0};
    char buf[8];
    size_t used;
    check(open_at(LOOKUP(none), "file", 0, READING, 0, &fd) == CLOUDABI_ENOTCAPABLE &&
              stat_at(LOOKUP(none), "file", &st) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_stat_put(LOOKUP(none), STRING("file"), &st, 1) ==
                  CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_readlink(none, STRING("to_file"), buf, 8, &used) ==
                  CLOUDABI_ENOTCAPABLE &&
              make_dir(none, "new") == CLOUDABI_ENOTCAPABLE &&
              make_link("x", none, "new") == CLOUDABI_ENOTCAPABLE &&
              unlink_at(none, "file", 0) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_rename(none, STRING("file"), DIR, STRING("new")) ==
                  CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_rename(DIR, STRING("file"), none, STRING("new")) ==
                  CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_link(LOOKUP(none), STRING("file"), DIR, STRING("new")) ==
                  CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_link(LOOKUP(DIR), STRING("file"), none, STRING("new")) ==
                  CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_readdir(none, buf, 8, 0, &used) == CLOUDABI_ENOTCAPABLE,
          "every path call without its right is NOTCAPABLE");
    check(open_at(LOOKUP(99), "file", 0, READING, 0, &fd) == CLOUDABI_EBADF &&
              stat_at(LOOKUP(99), "file", &st) == CLOUDABI_EBADF &&
              make_dir(99, "x") == CLOUDABI_EBADF && unlink_at(99, "x", 0) == CLOUDABI_EBADF,
          "every path call on a closed descriptor is BADF");
    cloudabi_sys_fd_close(none);
}

// Made by whoever started this test.
static void nodes(void) {
    cloudabi_filestat_t st;
    cloudabi_fd_t fd;
    check_equal(stat_at(LOOKUP(DIR), "socket_node", &st), 0, "file_stat_get: a socket node");
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_SOCKET_STREAM, "is a SOCKET_STREAM");
    check_equal(open_at(LOOKUP(DIR), "socket_node", 0, READING, 0, &fd), CLOUDABI_ENOTSUP,
                "file_open: a socket node is NOTSUP");
    stat_at(LOOKUP(DIR), "fifo_node", &st);
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_SOCKET_STREAM, "a FIFO is a SOCKET_STREAM");
    cloudabi_fdstat_t writing = {.fs_rights_base = CLOUDABI_RIGHT_FD_WRITE,
                                 .fs_flags = CLOUDABI_FDFLAG_NONBLOCK};
    check_equal(cloudabi_sys_file_open(LOOKUP(DIR), STRING("fifo_node"), 0, &writing, &fd),
                CLOUDABI_ENXIO, "file_open: a FIFO without a reader stays NXIO");
    writing.fs_rights_base = CLOUDABI_RIGHT_FD_READ;
    check_equal(cloudabi_sys_file_open(LOOKUP(DIR), STRING("fifo_node"), 0, &writing, &fd), 0,
                "file_open: a FIFO to read");
    check_equal(fdstat(fd).fs_filetype, CLOUDABI_FILETYPE_SOCKET_STREAM, "is a SOCKET_STREAM");
    char byte;
    cloudabi_iovec_t part = {&byte, 1};
    cloudabi_recv_in_t in = {.ri_data = &part, .ri_data_len = 1};
    cloudabi_recv_out_t out;
    check(cloudabi_sys_sock_recv(fd, &in, &out) == 0 && out.ro_datalen == 0 && out.ro_fdslen == 0,
          "sock_recv: of a pipe without writers 0");
    in.ri_flags = CLOUDABI_SOCK_RECV_PEEK;
    check_equal(cloudabi_sys_sock_recv(fd, &in, &out), CLOUDABI_ENOTSUP,
                "sock_recv: flags on a pipe NOTSUP");
    cloudabi_sys_fd_close(fd);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    check(make_file(DIR, "file") == 0 && make_dir(DIR, "dir") == 0 &&
              make_link("..", DIR, "up") == 0 && make_link("/", DIR, "root") == 0 &&
              make_link("/etc/passwd", DIR, "passwd") == 0 &&
              make_link("file", DIR, "to_file") == 0 && make_link("dir", DIR, "to_dir") == 0 &&
              make_link("loop", DIR, "loop") == 0 && make_link("../to_file", DIR, "dir/chain") == 0,
          "the tree is made");
    staying_inside();
    shapes();
    links();
    names();
    times();
    rights();
    nodes();
}
