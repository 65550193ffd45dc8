// SPDX-License-Identifier: BSD-2-Clause
// file_open's rights (6.1 of the ABI), reading and writing, file_readdir (6.2), fd_* calls.
#include "helpers.h"

static void opening(void) {
    cloudabi_fd_t fd, dir;
    cloudabi_fdstat_t all = fdstat(DIR);
    check_equal(open_at(LOOKUP(DIR), "none", 0, READING, 0, &fd), CLOUDABI_ENOENT, "NOENT");
    check_equal(open_at(LOOKUP(DIR), "f", CLOUDABI_O_CREAT, WRITING, 0, &fd), 0, "CREAT");
    cloudabi_fdstat_t got = fdstat(fd);
    check_equal(got.fs_filetype, CLOUDABI_FILETYPE_REGULAR_FILE, "is a regular file");
    check_equal(got.fs_rights_base, WRITING, "has the rights that were wanted");
    check_equal(got.fs_rights_inheriting, 0, "passes none on");
    cloudabi_sys_fd_close(fd);
    check_equal(open_at(LOOKUP(DIR), "f", CLOUDABI_O_CREAT | CLOUDABI_O_EXCL, WRITING, 0, &fd),
                CLOUDABI_EEXIST, "CREAT with EXCL: EXIST");
    check_equal(open_at(LOOKUP(DIR), "f", CLOUDABI_O_EXCL, READING, 0, &fd), 0,
                "EXCL alone has no effect");
    cloudabi_sys_fd_close(fd);
    check_equal(open_at(LOOKUP(DIR), "f", CLOUDABI_O_DIRECTORY, 0, 0, &fd), CLOUDABI_ENOTDIR,
                "DIRECTORY on a file: NOTDIR");
    check_equal(open_at(LOOKUP(DIR), "f", 0x10, READING, 0, &fd), CLOUDABI_EINVAL,
                "an unknown flag is INVAL");
    check_equal(open_at(LOOKUP(DIR), "f", 0, READING | UINT64_C(1) << 50, 0, &fd),
                CLOUDABI_ENOTCAPABLE, "an unknown right is NOTCAPABLE");
    check_equal(open_at(LOOKUP(DIR), "f", 0, READING | CLOUDABI_RIGHT_FILE_READDIR, 0, &fd), 0,
                "a right without meaning for the type");
    check_equal(fdstat(fd).fs_rights_base, READING, "is cut off");
    cloudabi_sys_fd_close(fd);

    dir = copy_with(DIR, all.fs_rights_base & ~CLOUDABI_RIGHT_FILE_CREATE_FILE,
                    all.fs_rights_inheriting);
    check_equal(open_at(LOOKUP(dir), "g", CLOUDABI_O_CREAT, WRITING, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "CREAT needs file_create_file");
    cloudabi_sys_fd_close(dir);
    dir = copy_with(DIR, all.fs_rights_base, READING);
    check_equal(open_at(LOOKUP(dir), "f", 0, WRITING, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "wanted base must be in the directory's inheriting set");
    check_equal(open_at(LOOKUP(dir), ".", 0, 0, WRITING, &fd), CLOUDABI_ENOTCAPABLE,
                "and wanted inheriting too");
    check_equal(open_at(LOOKUP(dir), "f", CLOUDABI_O_TRUNC, READING, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "TRUNC needs file_stat_fput_size");
    check_equal(open_at(LOOKUP(dir), "f", 0, READING, 0, &fd), 0, "less is fine");
    cloudabi_sys_fd_close(fd);
    cloudabi_sys_fd_close(dir);
    dir = copy_with(DIR, all.fs_rights_base, CLOUDABI_RIGHT_FD_WRITE);
    check_equal(open_at(LOOKUP(dir), "f", 0, CLOUDABI_RIGHT_FD_WRITE, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "writing without APPEND or TRUNC needs fd_seek");
    cloudabi_fdstat_t append = {.fs_rights_base = CLOUDABI_RIGHT_FD_WRITE,
                                .fs_flags = CLOUDABI_FDFLAG_APPEND};
    check_equal(cloudabi_sys_file_open(LOOKUP(dir), STRING("f"), 0, &append, &fd), 0,
                "with APPEND it does not");
    check_equal(fdstat(fd).fs_flags, CLOUDABI_FDFLAG_APPEND, "and APPEND is set");
    cloudabi_sys_fd_close(fd);
    append.fs_flags |= CLOUDABI_FDFLAG_SYNC;
    check_equal(cloudabi_sys_file_open(LOOKUP(dir), STRING("f"), 0, &append, &fd),
                CLOUDABI_ENOTCAPABLE, "SYNC needs fd_sync");
    append.fs_flags = CLOUDABI_FDFLAG_APPEND | CLOUDABI_FDFLAG_DSYNC;
    check_equal(cloudabi_sys_file_open(LOOKUP(dir), STRING("f"), 0, &append, &fd),
                CLOUDABI_ENOTCAPABLE, "DSYNC needs fd_datasync or fd_sync");
    cloudabi_sys_fd_close(dir);
}

static void data(void) {
    cloudabi_fd_t fd;
    cloudabi_filesize_t at = 9;
    char buf[8] = {0};
    size_t n = 9;
    check_equal(open_at(LOOKUP(DIR), "data", CLOUDABI_O_CREAT,
                        WRITING | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE |
                            CLOUDABI_RIGHT_FILE_ALLOCATE | CLOUDABI_RIGHT_FILE_ADVISE |
                            CLOUDABI_RIGHT_FD_SYNC | CLOUDABI_RIGHT_FD_DATASYNC,
                        0, &fd),
                0, "open a file");
    check_equal(write_text(fd, "0123456789"), 0, "fd_write");
    check_equal(cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_CUR, &at), 0, "fd_seek CUR 0");
    check_equal(at, 10, "tells the offset");
    check_equal(cloudabi_sys_fd_seek(fd, -3, CLOUDABI_WHENCE_END, &at), 0, "fd_seek END");
    check_equal(at, 7, "from the end");
    check_equal(cloudabi_sys_fd_seek(fd, -1, CLOUDABI_WHENCE_SET, &at), CLOUDABI_EINVAL,
                "fd_seek: before the start is INVAL");
    check_equal(cloudabi_sys_fd_seek(fd, 0, 0, &at), CLOUDABI_EINVAL, "fd_seek: whence 0 INVAL");
    check_equal(at, 7, "a failing call writes no result");
    check_equal(read_bytes(fd, buf, 8, &n), 0, "fd_read");
    check(n == 3 && memcmp(buf, "789", 3) == 0, "from the offset to the end");
    check_equal(read_bytes(fd, buf, 8, &n), 0, "fd_read at the end");
    check_equal(n, 0, "gives 0");
    cloudabi_iovec_t two[] = {{buf, 2}, {buf + 4, 2}};
    check_equal(cloudabi_sys_fd_pread(fd, two, 2, 4, &n), 0, "fd_pread with two vectors");
    check(n == 4 && memcmp(buf, "45", 2) == 0 && memcmp(buf + 4, "67", 2) == 0, "fills both");
    check_equal(cloudabi_sys_fd_pread(fd, two, 0, 0, &n), CLOUDABI_EINVAL,
                "fd_pread: no vectors INVAL");
    cloudabi_ciovec_t one = {"AB", 2};
    check_equal(cloudabi_sys_fd_pwrite(fd, &one, 1, 0, &n), 0, "fd_pwrite");
    cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_CUR, &at);
    check_equal(at, 10, "leaves the offset");
    cloudabi_filestat_t st = {.st_size = 3};
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_SIZE), 0, "fput SIZE");
    check_equal(cloudabi_sys_file_stat_fget(fd, &st), 0, "file_stat_fget");
    check_equal(st.st_size, 3, "the new size");
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_SIZE | 1), CLOUDABI_EINVAL,
                "fput: SIZE with times is INVAL");
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, 0), CLOUDABI_EINVAL, "fput: no bits INVAL");
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_ATIM), CLOUDABI_ENOTCAPABLE,
                "fput: times need their own right");
    check_equal(cloudabi_sys_file_allocate(fd, 0, 100), 0, "file_allocate");
    cloudabi_sys_file_stat_fget(fd, &st);
    check_equal(st.st_size, 100, "grows the file");
    check_equal(cloudabi_sys_file_advise(fd, 0, 0, CLOUDABI_ADVICE_WILLNEED), 0, "file_advise");
    check_equal(cloudabi_sys_file_advise(fd, 0, 0, 7), CLOUDABI_EINVAL, "file_advise: 7 is INVAL");
    check_equal(cloudabi_sys_fd_sync(fd), 0, "fd_sync");
    check_equal(cloudabi_sys_fd_datasync(fd), 0, "fd_datasync");
    cloudabi_sys_fd_close(fd);
}

static void limited(void) {
    cloudabi_fd_t fd;
    cloudabi_filesize_t at;
    char buf[4];
    size_t n;
    cloudabi_iovec_t part = {buf, 4};
    cloudabi_ciovec_t out = {buf, 4};
    cloudabi_filestat_t st;
    check_equal(open_at(LOOKUP(DIR), "data", 0, CLOUDABI_RIGHT_FD_TELL, 0, &fd), 0, "only fd_tell");
    check_equal(cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_CUR, &at), 0, "CUR 0 is allowed");
    check(cloudabi_sys_fd_seek(fd, 1, CLOUDABI_WHENCE_CUR, &at) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_SET, &at) == CLOUDABI_ENOTCAPABLE,
          "other seeks are NOTCAPABLE");
    check(cloudabi_sys_fd_read(fd, &part, 1, &n) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_fd_write(fd, &out, 1, &n) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_fd_pread(fd, &part, 1, 0, &n) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_fd_pwrite(fd, &out, 1, 0, &n) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_fd_sync(fd) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_fd_datasync(fd) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_stat_fget(fd, &st) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_allocate(fd, 0, 1) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_file_advise(fd, 0, 1, 1) == CLOUDABI_ENOTCAPABLE &&
              cloudabi_sys_proc_exec(fd, NULL, 0, NULL, 0) == CLOUDABI_ENOTCAPABLE,
          "every call without its right is NOTCAPABLE");
    cloudabi_sys_fd_close(fd);
    check(cloudabi_sys_fd_read(fd, &part, 1, &n) == CLOUDABI_EBADF &&
              cloudabi_sys_fd_close(fd) == CLOUDABI_EBADF &&
              cloudabi_sys_fd_dup(fd, &fd) == CLOUDABI_EBADF &&
              cloudabi_sys_fd_seek(fd, 0, 0, &at) == CLOUDABI_EBADF,
          "a closed descriptor is BADF, before anything else");
}

static void shrinking(void) {
    cloudabi_fd_t fd, copy, other;
    open_at(LOOKUP(DIR), "data", 0, READING, 0, &fd);
    check_equal(shrink(fd, READING | CLOUDABI_RIGHT_FD_WRITE, 0), CLOUDABI_ENOTCAPABLE,
                "a right cannot be added");
    check_equal(shrink(fd, READING, CLOUDABI_RIGHT_FD_READ), CLOUDABI_ENOTCAPABLE,
                "base and inheriting are checked apart");
    check_equal(shrink(fd, READING | CLOUDABI_RIGHT_FD_TELL, 0), 0, "fd_seek stands for fd_tell");
    check_equal(shrink(fd, CLOUDABI_RIGHT_FD_READ, 0), 0, "rights shrink");
    check_equal(shrink(fd, READING, 0), CLOUDABI_ENOTCAPABLE, "and do not come back");
    cloudabi_fdstat_t st = {0};
    check_equal(cloudabi_sys_fd_stat_put(fd, &st, 0), CLOUDABI_EINVAL, "fd_stat_put: 0 is INVAL");
    check_equal(cloudabi_sys_fd_stat_put(fd, &st, 3), CLOUDABI_EINVAL, "fd_stat_put: both INVAL");
    check_equal(cloudabi_sys_fd_stat_put(fd, &st, CLOUDABI_FDSTAT_FLAGS), CLOUDABI_ENOTCAPABLE,
                "fd_stat_put: FLAGS needs its right");
    check_equal(cloudabi_sys_fd_dup(fd, &copy), 0, "fd_dup");
    check_equal(fdstat(copy).fs_rights_base, CLOUDABI_RIGHT_FD_READ, "keeps the rights");
    open_at(LOOKUP(DIR), ".", 0, CLOUDABI_RIGHT_FILE_OPEN, READING, &other);
    check_equal(cloudabi_sys_fd_replace(other, 500), CLOUDABI_EBADF,
                "fd_replace: a number not open is BADF");
    check_equal(cloudabi_sys_fd_replace(other, other), 0, "fd_replace: onto itself");
    check_equal(cloudabi_sys_fd_replace(other, copy), 0, "fd_replace");
    cloudabi_fdstat_t a = fdstat(other), b = fdstat(copy);
    check(memcmp(&a, &b, sizeof(a)) == 0, "type and rights become those of the source");
    check_equal(b.fs_filetype, CLOUDABI_FILETYPE_DIRECTORY, "and the object");
    cloudabi_sys_fd_close(fd);
    cloudabi_sys_fd_close(copy);
    cloudabi_sys_fd_close(other);
}

static void flags(void) {
    cloudabi_fd_t fd;
    cloudabi_filesize_t at;
    size_t n;
    char buf[4];
    open_at(LOOKUP(DIR), "flags", CLOUDABI_O_CREAT, WRITING | CLOUDABI_RIGHT_FD_STAT_PUT_FLAGS, 0,
            &fd);
    cloudabi_fdstat_t st = {.fs_flags = CLOUDABI_FDFLAG_APPEND};
    write_text(fd, "ab");
    check_equal(cloudabi_sys_fd_stat_put(fd, &st, CLOUDABI_FDSTAT_FLAGS), 0, "set APPEND");
    check_equal(fdstat(fd).fs_flags, CLOUDABI_FDFLAG_APPEND, "shows");
    cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_SET, &at);
    write_text(fd, "c");
    cloudabi_iovec_t part = {buf, 4};
    cloudabi_sys_fd_pread(fd, &part, 1, 0, &n);
    check(n == 3 && memcmp(buf, "abc", 3) == 0, "and works");
    st.fs_flags = CLOUDABI_FDFLAG_DSYNC;
    check_equal(cloudabi_sys_fd_stat_put(fd, &st, CLOUDABI_FDSTAT_FLAGS), CLOUDABI_ENOTSUP,
                "DSYNC cannot be set later: NOTSUP");
    st.fs_flags = 0x20;
    check_equal(cloudabi_sys_fd_stat_put(fd, &st, CLOUDABI_FDSTAT_FLAGS), CLOUDABI_EINVAL,
                "an unknown flag is INVAL");
    check_equal(fdstat(fd).fs_flags, CLOUDABI_FDFLAG_APPEND, "neither changed anything");
    cloudabi_sys_fd_close(fd);
    unlink_at(DIR, "flags", 0);
    cloudabi_fdstat_t sync = {.fs_rights_base = WRITING, .fs_flags = CLOUDABI_FDFLAG_DSYNC};
    check_equal(cloudabi_sys_file_open(LOOKUP(DIR), STRING("data"), 0, &sync, &fd), 0,
                "open with DSYNC");
    check_equal(fdstat(fd).fs_flags, CLOUDABI_FDFLAG_DSYNC, "shows");
    cloudabi_sys_fd_close(fd);
}

// Every number that the host gives, then all of them back.
static void exhausting(void) {
    cloudabi_fd_t fd, last = 0;
    cloudabi_errno_t error;
    while ((error = cloudabi_sys_fd_dup(DIR, &fd)) == 0)
        last = fd;
    check_equal(error, CLOUDABI_EMFILE, "no number left: MFILE");
    check_equal(open_at(LOOKUP(DIR), "data", 0, READING, 0, &fd), CLOUDABI_EMFILE,
                "file_open as well");
    check_equal(fdstat(last).fs_filetype, CLOUDABI_FILETYPE_DIRECTORY, "the last one works");
    for (fd = PROGRAMS + 1; fd <= last; ++fd)
        cloudabi_sys_fd_close(fd);
    check_equal(cloudabi_sys_fd_dup(DIR, &fd), 0, "after closing there are some again");
    cloudabi_sys_fd_close(fd);
}

static char listing[4000];

// Walks the directory with a buffer of that size; returns how many entries, 0 for a fault.
static size_t count_entries(size_t size, uint64_t *names) {
    cloudabi_dircookie_t cookie = CLOUDABI_DIRCOOKIE_START;
    size_t count = 0;
    *names = 0;
    for (;;) {
        size_t used, at = 0;
        if (cloudabi_sys_file_readdir(DIR, listing, size, cookie, &used) != 0 || used > size)
            return 0;
        while (used - at >= sizeof(cloudabi_dirent_t)) {
            cloudabi_dirent_t entry;
            memcpy(&entry, listing + at, sizeof(entry));
            if (used - at - sizeof(entry) < entry.d_namlen)
                break;
            for (size_t i = 0; i < entry.d_namlen; ++i)
                *names += (unsigned char)listing[at + sizeof(entry) + i];
            cookie = entry.d_next;
            at += sizeof(entry) + entry.d_namlen;
            ++count;
        }
        if (used < size)
            return count;
        if (at == 0)
            return 0; // not even one entry fits
    }
}

static void directories(void) {
    char name[] = "entry-00";
    for (int i = 0; i < 50; ++i) {
        name[6] = (char)('0' + i / 10);
        name[7] = (char)('0' + i % 10);
        make_file(DIR, name);
    }
    uint64_t whole, pieces;
    size_t count = count_entries(sizeof(listing), &whole);
    check_equal(count, 54, "file_readdir: all entries, . and .. included");
    check_equal(count_entries(40, &pieces), 54, "a small buffer and cookies find the same count");
    check_equal(pieces, whole, "and the same names");
    check_equal(count_entries(33, &pieces), 54, "entries cut at any place");
    size_t used;
    check_equal(cloudabi_sys_file_readdir(DIR, listing, 10, 0, &used), 0, "half a header");
    check_equal(used, 10, "fills the buffer");
    cloudabi_dirent_t first, again;
    cloudabi_sys_file_readdir(DIR, listing, 300, 0, &used);
    memcpy(&first, listing, sizeof(first));
    cloudabi_sys_file_readdir(DIR, listing, 300, first.d_next, &used);
    cloudabi_sys_file_readdir(DIR, listing, 300, 0, &used);
    memcpy(&again, listing, sizeof(again));
    check(memcmp(&first, &again, sizeof(first)) == 0, "cookie 0 rewinds");
    cloudabi_fd_t fd;
    open_at(LOOKUP(DIR), ".", CLOUDABI_O_DIRECTORY, CLOUDABI_RIGHT_FILE_READDIR, 0, &fd);
    cloudabi_sys_file_readdir(fd, listing, 300, first.d_next, &used);
    memcpy(&first, listing, sizeof(first));
    cloudabi_sys_file_readdir(DIR, listing, 300, again.d_next, &used);
    memcpy(&again, listing, sizeof(again));
    check(memcmp(&first, &again, sizeof(first)) == 0, "a cookie works on another descriptor");
    cloudabi_sys_fd_close(fd);
}

static void creating(void) {
    cloudabi_fd_t fd, pair[2];
    check_equal(cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_REGULAR_FILE, &fd), CLOUDABI_EINVAL,
                "fd_create1: only shared memory");
    check_equal(cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &fd), 0, "fd_create1");
    cloudabi_filestat_t st;
    cloudabi_sys_file_stat_fget(fd, &st);
    check(st.st_size == 0 && st.st_filetype == CLOUDABI_FILETYPE_SHARED_MEMORY, "size 0, its type");
    check_equal(fdstat(fd).fs_rights_base, CLOUDABI_RIGHTS_SHARED_MEMORY_BASE, "its rights");
    cloudabi_sys_fd_close(fd);
    check_equal(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SHARED_MEMORY, &pair[0], &pair[1]),
                CLOUDABI_EINVAL, "fd_create2: only sockets");
    check_equal(cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_DGRAM, &pair[0], &pair[1]), 0,
                "fd_create2");
    check_equal(fdstat(pair[1]).fs_filetype, CLOUDABI_FILETYPE_SOCKET_DGRAM, "its type");
    cloudabi_sys_fd_close(pair[0]);
    cloudabi_sys_fd_close(pair[1]);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    opening();
    data();
    limited();
    shrinking();
    flags();
    directories();
    creating();
    exhausting();
}
