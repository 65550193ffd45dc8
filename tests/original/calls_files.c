// SPDX-License-Identifier: BSD-2-Clause
// Files and directories, opened as the original's openat() did.

#include "calls.h"

#define TEXT "hello, world\n"

error_t open_at(uint32_t dir, const char *path, size_t len, uint16_t oflags, uint64_t mode,
                uint32_t *fd) {
    struct fdstat above;
    error_t error = cloudabi_sys_fd_stat_get(dir, &above);
    if (error != 0)
        return error;
    struct fdstat as = {.base = (RIGHTS_ALWAYS | mode) & above.inheriting,
                        .inheriting = above.inheriting};
    return cloudabi_sys_file_open((struct lookup){dir, FOLLOW}, path, len, oflags, &as, fd);
}

static void data_of_a_file(void) {
    uint32_t fd;
    size_t n = 0;
    uint64_t at = 0;
    char back[32] = "";
    struct vec text = {PATH(TEXT)}, two[] = {{back, 5}, {back + 5, 20}};
    check_equal(open_at(DIRECTORY, PATH("file"), OPEN_CREAT | OPEN_EXCL,
                        RIGHTS_READING | RIGHTS_WRITING, &fd),
                0, "file_open makes a file");
    check_equal(cloudabi_sys_fd_write(fd, &text, 1, &n), 0, "fd_write");
    check_equal(n, sizeof(TEXT) - 1, "writes all");
    check_equal(cloudabi_sys_fd_pwrite(fd, &(struct vec){"J", 1}, 1, 0, &n), 0, "fd_pwrite");
    check_equal(cloudabi_sys_fd_seek(fd, 0, WHENCE_CUR, &at), 0, "fd_seek");
    check_equal(at, sizeof(TEXT) - 1, "tells the place");
    check_equal(cloudabi_sys_fd_seek(fd, -6, WHENCE_END, &at), 0, "fd_seek from the end");
    check_equal(cloudabi_sys_fd_read(fd, two, 2, &n), 0, "fd_read into two buffers");
    check(n == 6 && memcmp(back, "world\n", 6) == 0, "reads the rest");
    check_equal(cloudabi_sys_fd_pread(fd, two, 2, 0, &n), 0, "fd_pread");
    check(n == sizeof(TEXT) - 1 && memcmp(back, "Jello", 5) == 0, "reads all");
    check_equal(cloudabi_sys_fd_sync(fd), 0, "fd_sync");
    check_equal(cloudabi_sys_fd_datasync(fd), 0, "fd_datasync");
    check_equal(cloudabi_sys_file_advise(fd, 0, 0, ADVICE_WILLNEED), 0, "file_advise");
    check_equal(cloudabi_sys_file_allocate(fd, 0, 8192), 0, "file_allocate");
    struct filestat stat = {.size = 100};
    check_equal(cloudabi_sys_file_stat_fput(fd, &stat, FILE_SIZE), 0, "file_stat_fput");
    check_equal(cloudabi_sys_file_stat_fget(fd, &stat), 0, "file_stat_fget");
    check(stat.size == 100 && stat.type == TYPE_FILE && stat.nlink == 1, "size, type and links");
    cloudabi_sys_fd_close(fd);
}

static void rights_of_a_descriptor(void) {
    uint32_t fd, copy;
    size_t n;
    struct fdstat stat;
    check_equal(open_at(DIRECTORY, PATH("file"), 0, RIGHTS_READING, &fd), 0, "open for reading");
    check_equal(cloudabi_sys_fd_stat_get(fd, &stat), 0, "fd_stat_get");
    check(stat.type == TYPE_FILE && stat.flags == 0 && stat.inheriting == 0 &&
              (stat.base & (RIGHT_FD_READ | RIGHT_FD_SEEK | RIGHT_FD_WRITE)) ==
                  (RIGHT_FD_READ | RIGHT_FD_SEEK),
          "the rights are those asked for, cut by the type");
    check_equal(cloudabi_sys_fd_write(fd, &(struct vec){"x", 1}, 1, &n), ENOTCAPABLE,
                "fd_write without the right");
    stat.base = RIGHT_FD_SEEK;
    stat.inheriting = 0;
    check_equal(cloudabi_sys_fd_dup(fd, &copy), 0, "fd_dup");
    check_equal(cloudabi_sys_fd_stat_put(copy, &stat, STAT_RIGHTS), 0, "fd_stat_put");
    check_equal(cloudabi_sys_fd_read(copy, &(struct vec){&stat, 1}, 1, &n), ENOTCAPABLE,
                "takes a right away");
    check_equal(cloudabi_sys_fd_replace(fd, copy), 0, "fd_replace");
    check_equal(cloudabi_sys_fd_read(copy, &(struct vec){&stat, 1}, 1, &n), 0,
                "brings the other descriptor's rights");
    check_equal(cloudabi_sys_fd_close(copy), 0, "fd_close");
    check_equal(cloudabi_sys_fd_close(copy), EBADF, "once");
    cloudabi_sys_fd_close(fd);
}

static void names(void) {
    const struct lookup here = {DIRECTORY, 0}, through = {DIRECTORY, FOLLOW};
    struct filestat stat = {.mtim = UINT64_C(1000000000) * 1000};
    char target[16];
    size_t n = 0;
    uint32_t fd;
    check_equal(cloudabi_sys_file_create(DIRECTORY, PATH("sub"), TYPE_DIRECTORY), 0, "file_create");
    check_equal(cloudabi_sys_file_link(here, PATH("file"), DIRECTORY, PATH("sub/hard")), 0,
                "file_link");
    check_equal(cloudabi_sys_file_symlink(PATH("sub/hard"), DIRECTORY, PATH("soft")), 0,
                "file_symlink");
    check_equal(cloudabi_sys_file_readlink(DIRECTORY, PATH("soft"), target, sizeof(target), &n), 0,
                "file_readlink");
    check(n == 8 && memcmp(target, "sub/hard", 8) == 0, "reads the link");
    check_equal(cloudabi_sys_file_rename(DIRECTORY, PATH("file"), DIRECTORY, PATH("moved")), 0,
                "file_rename");
    check_equal(cloudabi_sys_file_stat_put(through, PATH("soft"), &stat, FILE_MTIM), 0,
                "file_stat_put");
    check_equal(cloudabi_sys_file_stat_get(here, PATH("moved"), &stat), 0, "file_stat_get");
    check(stat.nlink == 2 && stat.mtim == UINT64_C(1000000000) * 1000, "sees links and times");
    check_equal(cloudabi_sys_file_stat_get(here, PATH("soft"), &stat), 0, "of a link");
    check_equal(stat.type, TYPE_LINK, "which is one");
    check_equal(open_at(DIRECTORY, PATH("sub/../../x"), 0, RIGHTS_READING, &fd), ENOTCAPABLE,
                "no way out of the directory");
    check_equal(open_at(DIRECTORY, PATH("/etc/passwd"), 0, RIGHTS_READING, &fd), ENOTCAPABLE,
                "nor from the root");
    check_equal(cloudabi_sys_file_unlink(DIRECTORY, PATH("sub"), 0), EPERM,
                "a directory is not unlinked without asking for it");
    check_equal(cloudabi_sys_file_unlink(DIRECTORY, PATH("sub"), REMOVEDIR), ENOTEMPTY,
                "nor with something in it");
}

// Packed, the last entry cut anywhere: as opendir() of the original read them.
static void entries(void) {
    char buf[80], found[4] = "";
    uint64_t cookie = 0;
    size_t used = sizeof(buf);
    uint32_t fd;
    check_equal(open_at(DIRECTORY, PATH("."), OPEN_DIRECTORY, RIGHTS_READING, &fd), 0,
                "open a directory");
    while (used == sizeof(buf)) {
        if (cloudabi_sys_file_readdir(fd, buf, sizeof(buf), cookie, &used) != 0)
            break;
        struct dirent entry;
        for (size_t at = 0; at + sizeof(entry) <= used; at += sizeof(entry) + entry.name_len) {
            memcpy(&entry, buf + at, sizeof(entry));
            if (at + sizeof(entry) + entry.name_len > used)
                break;
            const char *name = buf + at + sizeof(entry);
            found[0] |= entry.name_len == 5 && memcmp(name, "moved", 5) == 0;
            found[1] |= entry.name_len == 3 && entry.type == TYPE_DIRECTORY;
            found[2] |= entry.name_len == 4 && entry.type == TYPE_LINK;
            cookie = entry.next;
        }
    }
    check(found[0] && found[1] && found[2], "file_readdir finds all entries in small pieces");
    cloudabi_sys_fd_close(fd);
    check_equal(cloudabi_sys_file_unlink(DIRECTORY, PATH("sub/hard"), 0), 0, "file_unlink");
    check_equal(cloudabi_sys_file_unlink(DIRECTORY, PATH("sub"), REMOVEDIR), 0, "of a directory");
    cloudabi_sys_file_unlink(DIRECTORY, PATH("soft"), 0);
    cloudabi_sys_file_unlink(DIRECTORY, PATH("moved"), 0);
}

void calls_files(void) {
    data_of_a_file();
    rights_of_a_descriptor();
    names();
    entries();
}
