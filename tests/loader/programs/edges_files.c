// SPDX-License-Identifier: BSD-2-Clause
// Edge rules of descriptors, files and directories that no other program tests: what copies share,
// files beyond 4 GiB, cookies in a directory that changes, and which refusals write no result.
#include "helpers.h"

#define FULL CLOUDABI_RIGHTS_REGULAR_FILE_BASE
#define GIB (UINT64_C(1) << 30)
#define SENTINEL 0x5a5a5a5a
#define NSEC UINT64_C(1000000000000000000) // in 2001: any time of now is later

static char buf[64];
static size_t n;
static cloudabi_filesize_t at;

static cloudabi_fd_t make(const char *name) {
    cloudabi_fd_t fd = UINT32_MAX;
    check_equal(open_at(LOOKUP(DIR), name, CLOUDABI_O_CREAT | CLOUDABI_O_TRUNC, FULL, 0, &fd), 0,
                "a fresh file");
    return fd;
}

static cloudabi_errno_t pread_at(cloudabi_fd_t fd, void *to, size_t len, uint64_t offset) {
    cloudabi_iovec_t part = {to, len};
    return cloudabi_sys_fd_pread(fd, &part, 1, offset, &n);
}

static cloudabi_errno_t pwrite_at(cloudabi_fd_t fd, const char *text, uint64_t offset) {
    cloudabi_ciovec_t part = {text, strlen(text)};
    return cloudabi_sys_fd_pwrite(fd, &part, 1, offset, &n);
}

static uint64_t size_of(cloudabi_fd_t fd) {
    cloudabi_filestat_t st = {0};
    cloudabi_sys_file_stat_fget(fd, &st);
    return st.st_size;
}

static void copies(void) {
    cloudabi_fd_t fd = make("copies"), copy, other, a, b;
    write_text(fd, "0123456789");
    cloudabi_sys_fd_dup(fd, &copy);
    check(copy != fd, "fd_dup: another number");
    cloudabi_sys_fd_seek(copy, 3, CLOUDABI_WHENCE_SET, &at);
    cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_CUR, &at);
    check_equal(at, 3, "fd_dup: copies share the offset");
    cloudabi_fdstat_t append = {.fs_flags = CLOUDABI_FDFLAG_APPEND};
    cloudabi_sys_fd_stat_put(copy, &append, CLOUDABI_FDSTAT_FLAGS);
    check_equal(fdstat(fd).fs_flags, CLOUDABI_FDFLAG_APPEND, "fd_dup: and the flags");
    cloudabi_sys_fd_close(copy);
    check_equal(write_text(fd, "x"), 0, "closing one leaves the other");
    open_at(LOOKUP(DIR), "copies", 0, FULL, 0, &other);
    cloudabi_sys_fd_seek(fd, 5, CLOUDABI_WHENCE_SET, &at);
    cloudabi_sys_fd_seek(other, 0, CLOUDABI_WHENCE_CUR, &at);
    check_equal(at, 0, "file_open: an offset of its own");
    check_equal(fdstat(other).fs_flags, 0, "and flags of its own");
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    check_equal(cloudabi_sys_fd_replace(fd, a), 0, "fd_replace over a socket");
    check(read_bytes(b, buf, 1, &n) == 0 && n == 0, "fd_replace: the old object is released");
    cloudabi_sys_fd_seek(a, 0, CLOUDABI_WHENCE_CUR, &at);
    check_equal(at, 5, "fd_replace: shares the offset of its source");
    check_equal(cloudabi_sys_fd_replace(a, 800), CLOUDABI_EBADF, "fd_replace: to must be open");
    check_equal(cloudabi_sys_fd_replace(800, a), CLOUDABI_EBADF, "fd_replace: from must be open");
    check_equal(cloudabi_sys_fd_replace(800, 800), CLOUDABI_EBADF,
                "fd_replace: onto itself too if it is not open");
    check_equal(fdstat(a).fs_filetype, CLOUDABI_FILETYPE_REGULAR_FILE, "a refusal changes nothing");
    check_equal(cloudabi_sys_fd_close(UINT32_MAX), CLOUDABI_EBADF, "fd_close of the largest: BADF");
    cloudabi_sys_fd_close(fd);
    cloudabi_sys_fd_close(other);
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
}

static void transfers(void) {
    cloudabi_fd_t fd = make("transfers");
    cloudabi_ciovec_t out[3] = {{"ab", 2}, {"", 0}, {"cde", 3}};
    check(cloudabi_sys_fd_write(fd, out, 3, &n) == 0 && n == 5, "fd_write: several vectors");
    check(cloudabi_sys_fd_pwrite(fd, out, 3, 10, &n) == 0 && n == 5, "fd_pwrite: several vectors");
    check(size_of(fd) == 15 && pread_at(fd, buf, 64, 4) == 0 && n == 11 && buf[1] == 0 &&
              memcmp(buf + 6, "abcde", 5) == 0,
          "fd_pwrite: leaves a hole of zeros");
    check_equal(pread_at(fd, buf, 64, 15), 0, "fd_pread at the end");
    check_equal(n, 0, "gives 0");
    check(pread_at(fd, buf, 64, 1000) == 0 && n == 0, "fd_pread beyond the end gives 0");
    n = SENTINEL;
    check_equal(cloudabi_sys_fd_pwrite(fd, out, 0, 0, &n), CLOUDABI_EINVAL,
                "fd_pwrite: no vectors INVAL");
    check_equal(pread_at(fd, buf, 8, UINT64_MAX), CLOUDABI_EINVAL, "fd_pread: offset 2^64-1 INVAL");
    check_equal(pwrite_at(fd, "x", UINT64_C(1) << 63), CLOUDABI_EINVAL,
                "fd_pwrite: offset 2^63 INVAL");
    cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_SET, &at);
    n = SENTINEL;
    check_equal(read_bytes(fd, (void *)8, 8, &n), CLOUDABI_EFAULT, "fd_read: bad buffer FAULT");
    out[0].buf = (void *)8;
    check_equal(cloudabi_sys_fd_write(fd, out, 1, &n), CLOUDABI_EFAULT,
                "fd_write: bad buffer FAULT");
    check_equal(cloudabi_sys_fd_read(fd, (cloudabi_iovec_t *)8, 1, &n), CLOUDABI_EFAULT,
                "fd_read: bad vectors FAULT");
    check_equal(n, SENTINEL, "a failing call writes no result");
    at = SENTINEL;
    check_equal(cloudabi_sys_fd_seek(fd, 0, 4, &at), CLOUDABI_EINVAL, "fd_seek: whence 4 INVAL");
    check_equal(cloudabi_sys_fd_seek(fd, INT64_MIN, CLOUDABI_WHENCE_CUR, &at), CLOUDABI_EINVAL,
                "fd_seek: before the start, from CUR");
    check_equal(at, SENTINEL, "a failing seek writes no result");
    check(cloudabi_sys_fd_seek(fd, 100, CLOUDABI_WHENCE_END, &at) == 0 && at == 115,
          "fd_seek: beyond the end is fine");
    check(cloudabi_sys_fd_seek(fd, -15, CLOUDABI_WHENCE_CUR, &at) == 0 && at == 100,
          "fd_seek: back from CUR");
    check_equal(size_of(fd), 15, "and does not grow the file");
    // More vectors than Linux takes: a short transfer at worst.
    static cloudabi_iovec_t many[3000];
    static char bytes[3000];
    for (int i = 0; i < 3000; ++i)
        many[i] = (cloudabi_iovec_t){&bytes[i], 1};
    cloudabi_filestat_t big = {.st_size = 5000};
    cloudabi_sys_file_stat_fput(fd, &big, CLOUDABI_FILESTAT_SIZE);
    check(cloudabi_sys_fd_pread(fd, many, 3000, 0, &n) == 0 && n > 0 && n <= 3000 &&
              bytes[4] == 'e',
          "3000 vectors");
    cloudabi_sys_fd_close(fd);
}

static void calls_on_files(void) {
    cloudabi_fd_t fd = make("calls");
    cloudabi_filestat_t st = {.st_size = UINT64_C(1) << 63};
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_SIZE), CLOUDABI_EFBIG,
                "fput: a size of 2^63 is FBIG");
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, 0x20), CLOUDABI_EINVAL,
                "fput: an unknown bit is INVAL");
    st = (cloudabi_filestat_t){.st_atim = 1000000001, .st_mtim = 2000000002};
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_ATIM), 0, "fput: ATIM");
    cloudabi_filestat_t got;
    cloudabi_sys_file_stat_fget(fd, &got);
    check(got.st_atim == 1000000001 && got.st_mtim > NSEC, "sets that alone, to the nanosecond");
    check_equal(
        cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_ATIM_NOW | CLOUDABI_FILESTAT_MTIM),
        0, "fput: ATIM_NOW with MTIM");
    cloudabi_sys_file_stat_fget(fd, &got);
    check(got.st_atim > NSEC && got.st_mtim == 2000000002, "any mix of time bits");
    for (uint8_t advice = 1; advice <= 6; ++advice)
        check_equal(cloudabi_sys_file_advise(fd, 0, 4096, advice), 0, "file_advise: 1 to 6");
    check_equal(cloudabi_sys_file_advise(fd, 0, 0, 0), CLOUDABI_EINVAL, "file_advise: 0 INVAL");
    write_text(fd, "0123456789");
    check_equal(cloudabi_sys_file_allocate(fd, 0, 0), CLOUDABI_EINVAL, "file_allocate: 0 INVAL");
    check_equal(cloudabi_sys_file_allocate(fd, 0, 5), 0, "file_allocate inside the file");
    check_equal(size_of(fd), 10, "does not shrink it");
    check_equal(cloudabi_sys_file_allocate(fd, INT64_MAX, INT64_MAX), CLOUDABI_EFBIG,
                "file_allocate: too much is FBIG");
    check_equal(cloudabi_sys_file_allocate(fd, UINT64_MAX, 1), CLOUDABI_EINVAL,
                "file_allocate: offset 2^64-1 INVAL");
    cloudabi_sys_fd_close(fd);
    check_equal(open_at(LOOKUP(DIR), "calls", CLOUDABI_O_TRUNC, 0, 0, &fd), 0, "open with TRUNC");
    stat_at(LOOKUP(DIR), "calls", &got);
    check_equal(got.st_size, 0, "cuts the file");
    cloudabi_sys_fd_close(fd);
    cloudabi_fdstat_t bad = {.fs_flags = 0x20};
    fd = SENTINEL;
    check_equal(cloudabi_sys_file_open(LOOKUP(DIR), STRING("calls"), 0, &bad, &fd), CLOUDABI_EINVAL,
                "file_open: an unknown fs_flags bit INVAL");
    check_equal(fd, SENTINEL, "a failing open writes no result");
    check_equal(open_at((cloudabi_lookup_t){DIR, 2}, "calls", 0, 0, 0, &fd), CLOUDABI_EINVAL,
                "file_open: an unknown lookup flag INVAL");
    check_equal(open_at(LOOKUP(DIR), "fresh_dir/", CLOUDABI_O_CREAT, READING, 0, &fd),
                CLOUDABI_EISDIR, "file_open: CREAT with a slash is ISDIR");
    make_dir(DIR, "dir");
    check_equal(open_at(LOOKUP(DIR), "dir", 0, WRITING, 0, &fd), CLOUDABI_EISDIR,
                "file_open: a directory to write is ISDIR");
    check_equal(open_at(FOLLOW(DIR), "dir/../calls", 0, READING, 0, &fd), 0,
                "file_open: .. inside");
    check_equal(cloudabi_sys_file_readdir(fd, buf, 8, 0, &n), CLOUDABI_ENOTCAPABLE,
                "file_readdir: of a file, which cannot have the right");
    cloudabi_sys_fd_close(fd);
    check_equal(open_at(LOOKUP(DIR), "dir", 0, CLOUDABI_RIGHT_FILE_OPEN, WRITING, &fd), 0,
                "file_open: a directory");
    cloudabi_fd_t inner;
    check_equal(open_at(LOOKUP(fd), "../calls", 0, READING, 0, &inner), CLOUDABI_ENOTCAPABLE,
                "its parent is out of reach");
    cloudabi_sys_fd_close(fd);
    check_equal(cloudabi_sys_file_create(800, STRING("x"), 0), CLOUDABI_EBADF,
                "file_create: BADF before INVAL");
    // A descriptor where a directory is asked for.
    cloudabi_fd_t file = make("plain");
    check_equal(open_at(LOOKUP(file), "x", 0, 0, 0, &fd), CLOUDABI_ENOTCAPABLE,
                "path calls on a file: it cannot have the right");
    cloudabi_sys_fd_close(file);
}

static void big_file(void) {
    cloudabi_fd_t fd = make("big");
    static const uint64_t places[] = {4 * GIB - 2, 4 * GIB, 4 * GIB + 5, 6 * GIB + 1};
    for (size_t i = 0; i < 4; ++i)
        check_equal(pwrite_at(fd, "far", places[i]), 0, "fd_pwrite around and beyond 4 GiB");
    check_equal(size_of(fd), 6 * GIB + 4, "its size");
    cloudabi_filestat_t st;
    stat_at(LOOKUP(DIR), "big", &st);
    check_equal(st.st_size, 6 * GIB + 4, "also by its name");
    check(pread_at(fd, buf, 8, 4 * GIB - 2) == 0 && memcmp(buf, "fafar\0\0f", 8) == 0,
          "fd_pread across 4 GiB");
    check(pread_at(fd, buf, 8, 0) == 0 && memcmp(buf, "\0\0\0\0\0\0\0\0", 8) == 0,
          "nothing went to the start");
    check(cloudabi_sys_fd_seek(fd, (int64_t)(6 * GIB), CLOUDABI_WHENCE_SET, &at) == 0 &&
              at == 6 * GIB && read_bytes(fd, buf, 8, &n) == 0 && n == 4 &&
              memcmp(buf, "\0far", 4) == 0,
          "fd_seek and fd_read beyond 4 GiB");
    check(cloudabi_sys_fd_seek(fd, -(int64_t)(5 * GIB), CLOUDABI_WHENCE_END, &at) == 0 &&
              at == GIB + 4,
          "fd_seek by more than 4 GiB back");
    check(cloudabi_sys_fd_seek(fd, (int64_t)(5 * GIB), CLOUDABI_WHENCE_CUR, &at) == 0 &&
              at == 6 * GIB + 4 && write_text(fd, "!") == 0 && size_of(fd) == 6 * GIB + 5,
          "fd_write beyond 4 GiB");
    char *mem = NULL;
    check_equal(cloudabi_sys_mem_map(NULL, 8192, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                                     CLOUDABI_MAP_SHARED, fd, 4 * GIB - 4096, (void **)&mem),
                0, "mem_map at an offset near 4 GiB");
    check(mem != NULL && memcmp(mem + 4094, "fafar", 5) == 0, "maps that place");
    mem[4100] = 'Z';
    check(pread_at(fd, buf, 1, 4 * GIB + 4) == 0 && buf[0] == 'Z', "and writes there");
    cloudabi_sys_mem_unmap(mem, 8192);
    check_equal(cloudabi_sys_file_advise(fd, 5 * GIB, GIB, CLOUDABI_ADVICE_DONTNEED), 0,
                "file_advise beyond 4 GiB");
    check_equal(cloudabi_sys_file_allocate(fd, 8 * GIB, 1), 0, "file_allocate beyond 4 GiB");
    check_equal(size_of(fd), 8 * GIB + 1, "grows it so far");
    st.st_size = 5 * GIB;
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_SIZE), 0,
                "fput SIZE beyond 4 GiB");
    check_equal(size_of(fd), 5 * GIB, "cuts it there");
    cloudabi_subscription_t in = {.type = CLOUDABI_EVENTTYPE_FD_READ};
    cloudabi_event_t out;
    in.fd_readwrite.fd = fd;
    cloudabi_sys_fd_seek(fd, 1, CLOUDABI_WHENCE_SET, &at);
    cloudabi_sys_poll(&in, &out, 1, &n);
    check_equal(out.fd_readwrite.nbytes, 5 * GIB - 1, "poll: nbytes beyond 4 GiB");
    cloudabi_sys_fd_close(fd);
    unlink_at(DIR, "big", 0);
    cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &fd);
    check_equal(cloudabi_sys_file_stat_fput(fd, &st, CLOUDABI_FILESTAT_SIZE), 0,
                "shared memory of 5 GiB");
    check_equal(cloudabi_sys_mem_map(NULL, 4096, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                                     CLOUDABI_MAP_SHARED, fd, 5 * GIB - 4096, (void **)&mem),
                0, "mapped at its end");
    mem[4095] = 1;
    cloudabi_sys_mem_unmap(mem, 4096);
    cloudabi_sys_fd_close(fd);
}

static void times_of_links(void) {
    cloudabi_filestat_t st, link;
    check(make_file(DIR, "there") == 0 && make_link("there", DIR, "to_there") == 0, "a link");
    cloudabi_filestat_t set = {.st_mtim = 5000000005};
    check_equal(
        cloudabi_sys_file_stat_put(FOLLOW(DIR), STRING("to_there"), &set, CLOUDABI_FILESTAT_MTIM),
        0, "file_stat_put: SYMLINK_FOLLOW");
    stat_at(LOOKUP(DIR), "there", &st);
    stat_at(LOOKUP(DIR), "to_there", &link);
    check(st.st_mtim == 5000000005 && link.st_mtim != 5000000005, "changes the target alone");
    check_equal(
        cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("none"), &set, CLOUDABI_FILESTAT_MTIM),
        CLOUDABI_ENOENT, "file_stat_put: NOENT");
    check_equal(cloudabi_sys_file_stat_put(LOOKUP(DIR), STRING("there"), &set, 0), CLOUDABI_EINVAL,
                "file_stat_put: no bits INVAL");
    check(st.st_dev == link.st_dev && st.st_ino != link.st_ino && st.st_nlink == 1,
          "st_dev, st_ino, st_nlink");
    check_equal(make_link("", DIR, "empty"), CLOUDABI_ENOENT, "file_symlink: empty target NOENT");
    check_equal(link_at(LOOKUP(DIR), "none", "new"), CLOUDABI_ENOENT, "file_link: NOENT");
    check_equal(unlink_at(DIR, "none", 0), CLOUDABI_ENOENT, "file_unlink: NOENT");
    check_equal(rename_at(DIR, "none", "new"), CLOUDABI_ENOENT, "file_rename: NOENT");
    check_equal(cloudabi_sys_file_readlink(DIR, STRING("none"), buf, 8, &n), CLOUDABI_ENOENT,
                "file_readlink: NOENT");
    make_dir(DIR, "full");
    make_dir(DIR, "full/inner");
    make_dir(DIR, "bare");
    cloudabi_errno_t error = rename_at(DIR, "bare", "full");
    check(error == CLOUDABI_ENOTEMPTY || error == CLOUDABI_EEXIST,
          "file_rename: over a directory that is not empty");
    check_equal(rename_at(DIR, "full", "bare"), 0, "file_rename: over an empty directory");
    check_equal(stat_at(LOOKUP(DIR), "bare/inner", &st), 0, "takes its place");
    make_file(DIR, "victim");
    check_equal(rename_at(DIR, "there", "victim"), 0, "file_rename: over a file");
    stat_at(LOOKUP(DIR), "victim", &st);
    check_equal(st.st_mtim, 5000000005, "replaces it");
    link_at(LOOKUP(DIR), "victim", "twin");
    check_equal(rename_at(DIR, "victim", "twin"), 0, "file_rename: two names of one file");
    check(stat_at(LOOKUP(DIR), "victim", &st) == 0 && st.st_nlink == 2, "changes nothing");
}

// Links that file_link follows by itself.
static void links_to_link(void) {
    static char target[4000];
    make_dir(DIR, "holder");
    make_link("holder/", DIR, "to_holder");
    check_equal(link_at(FOLLOW(DIR), "to_holder", "new"), CLOUDABI_EPERM,
                "file_link: a link to a directory, with a slash, PERM");
    memset(target, '/', sizeof(target));
    target[0] = target[1] = '.';
    target[sizeof(target) - 1] = 'x';
    // Three directories down, in long names, the target no longer fits behind them.
    cloudabi_filestat_t st;
    char deep[256] = "holder/";
    size_t len = 7;
    for (size_t i = 0; i < 3; ++i) {
        memset(deep + len, (int)('a' + i), 60);
        len += 60;
        cloudabi_sys_file_create(DIR, deep, len, CLOUDABI_FILETYPE_DIRECTORY);
        deep[len++] = '/';
    }
    deep[len++] = 'l';
    check_equal(cloudabi_sys_file_symlink(target, sizeof(target), DIR, deep, len), 0,
                "a link with a target of 4000 bytes");
    check_equal(cloudabi_sys_file_link(FOLLOW(DIR), deep, len, DIR, STRING("new")),
                CLOUDABI_ENAMETOOLONG, "file_link: too long with its target, NAMETOOLONG");
    check_equal(make_link("copies", DIR, "short"), 0, "a short one");
    check_equal(link_at(FOLLOW(DIR), "short", "new"), 0, "file_link: follows it");
    check(stat_at(LOOKUP(DIR), "new", &st) == 0 && st.st_filetype == CLOUDABI_FILETYPE_REGULAR_FILE,
          "to the file");
}

static void types_by_descriptor(void) {
    cloudabi_filestat_t st;
    cloudabi_fd_t memory, a, b;
    cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &memory);
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_DGRAM, &a, &b);
    cloudabi_sys_file_stat_fget(memory, &st);
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_SHARED_MEMORY, "file_stat_fget: shared memory");
    cloudabi_sys_file_stat_fget(a, &st);
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_SOCKET_DGRAM,
                "file_stat_fget: a datagram socket");
    cloudabi_sys_file_stat_fget(DIR, &st);
    check_equal(st.st_filetype, CLOUDABI_FILETYPE_DIRECTORY, "file_stat_fget: a directory");
    write_text(a, "to b");
    write_text(b, "to a");
    check(read_bytes(b, buf, 8, &n) == 0 && n == 4 && buf[3] == 'b' &&
              read_bytes(a, buf, 8, &n) == 0 && n == 4 && buf[3] == 'a',
          "fd_create2: both ends read and write");
    cloudabi_fd_t none = SENTINEL, other = SENTINEL;
    check(cloudabi_sys_fd_create2(0, &none, &other) == CLOUDABI_EINVAL && none == SENTINEL &&
              other == SENTINEL,
          "fd_create2: a refusal writes no result");
    check_equal(cloudabi_sys_fd_create1(0, &none), CLOUDABI_EINVAL, "fd_create1: type 0 INVAL");
    cloudabi_sys_fd_close(memory);
    cloudabi_sys_fd_close(a);
    cloudabi_sys_fd_close(b);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    copies();
    transfers();
    calls_on_files();
    big_file();
    times_of_links();
    links_to_link();
    types_by_descriptor();
}
