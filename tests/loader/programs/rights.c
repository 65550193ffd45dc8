// SPDX-License-Identifier: BSD-2-Clause
// Rights (section 4 of the ABI): each call with exactly what it needs, and without each of that;
// and how base and inheriting rights travel.
#include "helpers.h"

#define LISTENER 3
#define NOT_OPEN 900

static cloudabi_fd_t file, socket = UINT32_MAX, peer = UINT32_MAX, process, target;
static char buf[64];
static size_t n;
static uint32_t combinations, rules;

static cloudabi_errno_t datasync(cloudabi_fd_t fd) {
    return cloudabi_sys_fd_datasync(fd);
}
static cloudabi_errno_t sync(cloudabi_fd_t fd) {
    return cloudabi_sys_fd_sync(fd);
}
static cloudabi_errno_t read(cloudabi_fd_t fd) {
    return read_bytes(fd, buf, 1, &n);
}
static cloudabi_errno_t write(cloudabi_fd_t fd) {
    return write_text(fd, "x");
}
static cloudabi_errno_t pread(cloudabi_fd_t fd) {
    cloudabi_iovec_t part = {buf, 1};
    return cloudabi_sys_fd_pread(fd, &part, 1, 0, &n);
}
static cloudabi_errno_t pwrite(cloudabi_fd_t fd) {
    cloudabi_ciovec_t part = {"x", 1};
    return cloudabi_sys_fd_pwrite(fd, &part, 1, 0, &n);
}
static cloudabi_filesize_t at;
static cloudabi_errno_t seek(cloudabi_fd_t fd) {
    return cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_SET, &at);
}
static cloudabi_errno_t seek_end(cloudabi_fd_t fd) {
    return cloudabi_sys_fd_seek(fd, 0, CLOUDABI_WHENCE_END, &at);
}
static cloudabi_errno_t seek_on(cloudabi_fd_t fd) {
    return cloudabi_sys_fd_seek(fd, 1, CLOUDABI_WHENCE_CUR, &at);
}
static cloudabi_errno_t put_flags(cloudabi_fd_t fd) {
    cloudabi_fdstat_t st = {0};
    return cloudabi_sys_fd_stat_put(fd, &st, CLOUDABI_FDSTAT_FLAGS);
}
static cloudabi_errno_t advise(cloudabi_fd_t fd) {
    return cloudabi_sys_file_advise(fd, 0, 0, CLOUDABI_ADVICE_NORMAL);
}
static cloudabi_errno_t allocate(cloudabi_fd_t fd) {
    return cloudabi_sys_file_allocate(fd, 0, 1);
}
static cloudabi_filestat_t st;
static cloudabi_errno_t fget(cloudabi_fd_t fd) {
    return cloudabi_sys_file_stat_fget(fd, &st);
}
static cloudabi_errno_t fput_size(cloudabi_fd_t fd) {
    cloudabi_filestat_t to = {.st_size = 4096};
    return cloudabi_sys_file_stat_fput(fd, &to, CLOUDABI_FILESTAT_SIZE);
}
static cloudabi_errno_t fput_times(cloudabi_fd_t fd) {
    cloudabi_filestat_t to = {0};
    return cloudabi_sys_file_stat_fput(fd, &to, CLOUDABI_FILESTAT_MTIM_NOW);
}

static cloudabi_errno_t map(cloudabi_fd_t fd, uint8_t prot, uint8_t flags) {
    void *mem;
    cloudabi_errno_t error = cloudabi_sys_mem_map(NULL, 4096, prot, flags, fd, 0, &mem);
    if (error == 0)
        cloudabi_sys_mem_unmap(mem, 4096);
    return error;
}
static cloudabi_errno_t map_none(cloudabi_fd_t fd) {
    return map(fd, 0, CLOUDABI_MAP_PRIVATE);
}
static cloudabi_errno_t map_read(cloudabi_fd_t fd) {
    return map(fd, CLOUDABI_PROT_READ, CLOUDABI_MAP_PRIVATE);
}
static cloudabi_errno_t map_exec(cloudabi_fd_t fd) {
    return map(fd, CLOUDABI_PROT_EXEC, CLOUDABI_MAP_PRIVATE);
}
static cloudabi_errno_t map_private(cloudabi_fd_t fd) {
    return map(fd, CLOUDABI_PROT_WRITE, CLOUDABI_MAP_PRIVATE);
}
static cloudabi_errno_t map_shared(cloudabi_fd_t fd) {
    return map(fd, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE, CLOUDABI_MAP_SHARED);
}

static cloudabi_errno_t poll_on(cloudabi_fd_t fd, uint8_t type) {
    cloudabi_subscription_t in[2] = {{.type = type}, {.type = CLOUDABI_EVENTTYPE_CLOCK}};
    in[0].fd_readwrite.fd = fd;
    in[1].clock.clock_id = CLOUDABI_CLOCK_MONOTONIC;
    cloudabi_event_t out[2];
    cloudabi_sys_poll(in, out, 2, &n);
    return out[0].error;
}
static cloudabi_errno_t poll_read(cloudabi_fd_t fd) {
    return poll_on(fd, CLOUDABI_EVENTTYPE_FD_READ);
}
static cloudabi_errno_t poll_write(cloudabi_fd_t fd) {
    return poll_on(fd, CLOUDABI_EVENTTYPE_FD_WRITE);
}
static cloudabi_errno_t poll_process(cloudabi_fd_t fd) {
    return poll_on(fd, CLOUDABI_EVENTTYPE_PROC_TERMINATE);
}
static cloudabi_errno_t exec(cloudabi_fd_t fd) {
    return cloudabi_sys_proc_exec(fd, "", 0, NULL, 0);
}

static cloudabi_errno_t open(cloudabi_fd_t fd) {
    cloudabi_fd_t made;
    cloudabi_errno_t error = open_at(LOOKUP(fd), "f", 0, 0, 0, &made);
    if (error == 0)
        cloudabi_sys_fd_close(made);
    return error;
}
static cloudabi_errno_t open_creating(cloudabi_fd_t fd) {
    cloudabi_fd_t made;
    cloudabi_errno_t error = open_at(LOOKUP(fd), "f", CLOUDABI_O_CREAT, 0, 0, &made);
    if (error == 0)
        cloudabi_sys_fd_close(made);
    return error;
}
static cloudabi_errno_t create(cloudabi_fd_t fd) {
    unlink_at(DIR, "made", CLOUDABI_UNLINK_REMOVEDIR);
    return make_dir(fd, "made");
}
static cloudabi_errno_t link_source(cloudabi_fd_t fd) {
    unlink_at(DIR, "second", 0);
    return cloudabi_sys_file_link(LOOKUP(fd), STRING("f"), DIR, STRING("second"));
}
static cloudabi_errno_t link_target(cloudabi_fd_t fd) {
    unlink_at(DIR, "second", 0);
    return cloudabi_sys_file_link(LOOKUP(DIR), STRING("f"), fd, STRING("second"));
}
static cloudabi_errno_t readdir(cloudabi_fd_t fd) {
    return cloudabi_sys_file_readdir(fd, buf, sizeof(buf), 0, &n);
}
static cloudabi_errno_t readlink(cloudabi_fd_t fd) {
    return cloudabi_sys_file_readlink(fd, STRING("link"), buf, sizeof(buf), &n);
}
static cloudabi_errno_t rename_source(cloudabi_fd_t fd) {
    make_file(DIR, "from");
    return cloudabi_sys_file_rename(fd, STRING("from"), DIR, STRING("to"));
}
static cloudabi_errno_t rename_target(cloudabi_fd_t fd) {
    make_file(DIR, "from");
    return cloudabi_sys_file_rename(DIR, STRING("from"), fd, STRING("to"));
}
static cloudabi_errno_t stat_get(cloudabi_fd_t fd) {
    return stat_at(LOOKUP(fd), "f", &st);
}
static cloudabi_errno_t stat_put(cloudabi_fd_t fd) {
    cloudabi_filestat_t to = {0};
    return cloudabi_sys_file_stat_put(LOOKUP(fd), STRING("f"), &to, CLOUDABI_FILESTAT_ATIM_NOW);
}
static cloudabi_errno_t symlink(cloudabi_fd_t fd) {
    unlink_at(DIR, "made_link", 0);
    return make_link("f", fd, "made_link");
}
static cloudabi_errno_t unlink(cloudabi_fd_t fd) {
    make_file(DIR, "gone");
    return unlink_at(fd, "gone", 0);
}
static cloudabi_errno_t unlink_dir(cloudabi_fd_t fd) {
    make_dir(DIR, "gone_dir");
    return unlink_at(fd, "gone_dir", CLOUDABI_UNLINK_REMOVEDIR);
}

static cloudabi_errno_t recv(cloudabi_fd_t fd) {
    cloudabi_iovec_t part = {buf, 1};
    cloudabi_recv_in_t in = {.ri_data = &part, .ri_data_len = 1};
    cloudabi_recv_out_t out;
    return cloudabi_sys_sock_recv(fd, &in, &out);
}
static cloudabi_errno_t send(cloudabi_fd_t fd) {
    cloudabi_ciovec_t part = {"x", 1};
    cloudabi_send_in_t in = {.si_data = &part, .si_data_len = 1};
    cloudabi_send_out_t out;
    return cloudabi_sys_sock_send(fd, &in, &out);
}
static cloudabi_errno_t shutdown(cloudabi_fd_t fd) {
    return cloudabi_sys_sock_shutdown(fd, CLOUDABI_SHUT_RD | CLOUDABI_SHUT_WR);
}
static cloudabi_errno_t accept(cloudabi_fd_t fd) {
    cloudabi_fd_t made;
    cloudabi_errno_t error = cloudabi_sys_sock_accept(fd, NULL, &made);
    if (error == 0)
        cloudabi_sys_fd_close(made);
    return error;
}

#define R(name) CLOUDABI_RIGHT_##name
#define FILE &file, CLOUDABI_RIGHTS_REGULAR_FILE_BASE
#define DIRECTORY &directory, CLOUDABI_RIGHTS_DIRECTORY_BASE
#define SOCKET &socket, CLOUDABI_RIGHTS_SOCKET_BASE
#define PROCESS &process, CLOUDABI_RIGHTS_PROCESS_BASE
#define LISTENING &listener, CLOUDABI_RIGHTS_LISTENING_SOCKET_BASE

static const cloudabi_fd_t directory = DIR, listener = LISTENER;

// `among` is what the type can have; where a right stands for another one, without that.
static const struct rule {
    const char *name;
    cloudabi_errno_t (*call)(cloudabi_fd_t);
    const cloudabi_fd_t *on;
    cloudabi_rights_t among, needs;
    cloudabi_errno_t then; // what comes of it if the rights suffice
} table[] = {
    {"fd_datasync", datasync, FILE, R(FD_DATASYNC), 0},
    {"fd_sync", sync, FILE, R(FD_SYNC), 0},
    {"fd_read", read, FILE, R(FD_READ), 0},
    {"fd_write", write, FILE, R(FD_WRITE), 0},
    {"fd_pread", pread, FILE, R(FD_READ) | R(FD_SEEK), 0},
    {"fd_pwrite", pwrite, FILE, R(FD_WRITE) | R(FD_SEEK), 0},
    {"fd_seek SET", seek, FILE, R(FD_SEEK), 0},
    {"fd_seek END", seek_end, FILE, R(FD_SEEK), 0},
    {"fd_seek CUR 1", seek_on, FILE, R(FD_SEEK), 0},
    {"fd_stat_put FLAGS", put_flags, FILE, R(FD_STAT_PUT_FLAGS), 0},
    {"file_advise", advise, FILE, R(FILE_ADVISE), 0},
    {"file_allocate", allocate, FILE, R(FILE_ALLOCATE), 0},
    {"file_stat_fget", fget, FILE, R(FILE_STAT_FGET), 0},
    {"file_stat_fput SIZE", fput_size, FILE, R(FILE_STAT_FPUT_SIZE), 0},
    {"file_stat_fput times", fput_times, FILE, R(FILE_STAT_FPUT_TIMES), 0},
    {"mem_map PROT 0", map_none, FILE, R(MEM_MAP), 0},
    {"mem_map READ", map_read, FILE, R(MEM_MAP) | R(FD_READ), 0},
    {"mem_map EXEC", map_exec, FILE, R(MEM_MAP) | R(MEM_MAP_EXEC), 0},
    {"mem_map WRITE PRIVATE", map_private, FILE, R(MEM_MAP), 0},
    {"mem_map WRITE SHARED", map_shared, FILE, R(MEM_MAP) | R(FD_READ) | R(FD_WRITE), 0},
    {"poll FD_READ", poll_read, FILE, R(POLL_FD_READWRITE) | R(FD_READ), 0},
    {"poll FD_WRITE", poll_write, FILE, R(POLL_FD_READWRITE) | R(FD_WRITE), 0},
    {"proc_exec", exec, FILE, R(PROC_EXEC), CLOUDABI_ENOEXEC},
    {"file_open", open, DIRECTORY, R(FILE_OPEN), 0},
    {"file_open CREAT", open_creating, DIRECTORY, R(FILE_OPEN) | R(FILE_CREATE_FILE), 0},
    {"file_create", create, DIRECTORY, R(FILE_CREATE_DIRECTORY), 0},
    {"file_link source", link_source, DIRECTORY, R(FILE_LINK_SOURCE), 0},
    {"file_link target", link_target, DIRECTORY, R(FILE_LINK_TARGET), 0},
    {"file_readdir", readdir, DIRECTORY, R(FILE_READDIR), 0},
    {"file_readlink", readlink, DIRECTORY, R(FILE_READLINK), 0},
    {"file_rename source", rename_source, DIRECTORY, R(FILE_RENAME_SOURCE), 0},
    {"file_rename target", rename_target, DIRECTORY, R(FILE_RENAME_TARGET), 0},
    {"file_stat_get", stat_get, DIRECTORY, R(FILE_STAT_GET), 0},
    {"file_stat_put", stat_put, DIRECTORY, R(FILE_STAT_PUT_TIMES), 0},
    {"file_symlink", symlink, DIRECTORY, R(FILE_SYMLINK), 0},
    {"file_unlink", unlink, DIRECTORY, R(FILE_UNLINK), 0},
    {"file_unlink REMOVEDIR", unlink_dir, DIRECTORY, R(FILE_UNLINK), 0},
    {"file_stat_fget of a directory", fget, DIRECTORY, R(FILE_STAT_FGET), 0},
    {"file_stat_fput times of a directory", fput_times, DIRECTORY, R(FILE_STAT_FPUT_TIMES), 0},
    {"fd_sync of a directory", sync, DIRECTORY, R(FD_SYNC), 0},
    {"fd_stat_put FLAGS of a directory", put_flags, DIRECTORY, R(FD_STAT_PUT_FLAGS), 0},
    {"fd_read of a socket", read, SOCKET, R(FD_READ), 0},
    {"fd_write of a socket", write, SOCKET, R(FD_WRITE), 0},
    {"fd_stat_put FLAGS of a socket", put_flags, SOCKET, R(FD_STAT_PUT_FLAGS), 0},
    {"file_stat_fget of a socket", fget, SOCKET, R(FILE_STAT_FGET), 0},
    {"poll FD_READ of a socket", poll_read, SOCKET, R(POLL_FD_READWRITE) | R(FD_READ), 0},
    {"poll FD_WRITE of a socket", poll_write, SOCKET, R(POLL_FD_READWRITE) | R(FD_WRITE), 0},
    {"sock_recv", recv, SOCKET, R(FD_READ), 0},
    {"sock_send", send, SOCKET, R(FD_WRITE), 0},
    {"sock_shutdown", shutdown, SOCKET, R(SOCK_SHUTDOWN), 0},
    {"file_stat_fget of a process", fget, PROCESS, R(FILE_STAT_FGET), 0},
    {"poll PROC_TERMINATE", poll_process, PROCESS, R(POLL_PROC_TERMINATE), 0},
    {"sock_accept", accept, LISTENING, R(SOCK_ACCEPT), 0},
};

static cloudabi_errno_t with(const struct rule *rule, cloudabi_rights_t rights) {
    cloudabi_fd_t copy = copy_with(*rule->on, rights, 0);
    cloudabi_errno_t error = fdstat(copy).fs_rights_base == rights ? rule->call(copy) : 9999;
    cloudabi_sys_fd_close(copy);
    ++combinations;
    return error;
}

static void apply(const struct rule *rule) {
    ++rules;
    // Each of the rights away from all that there are.
    for (cloudabi_rights_t right = 1; right != 0; right <<= 1) {
        if ((rule->among & right) == 0)
            continue;
        cloudabi_errno_t wanted = (rule->needs & right) != 0 ? CLOUDABI_ENOTCAPABLE : rule->then;
        // What would end the test's object is not done once for each other right.
        if ((rule->call == shutdown || rule->call == accept) && wanted == 0)
            continue;
        if (with(rule, rule->among & ~right) != wanted) {
            print("# without bit ");
            print_number((uint64_t)__builtin_ctzll(right));
            print("\n");
            check(false, rule->name);
        }
    }
    check(with(rule, 0) == CLOUDABI_ENOTCAPABLE && rule->call(NOT_OPEN) == CLOUDABI_EBADF &&
              with(rule, rule->needs) == rule->then,
          rule->name);
}

// Calls that need no right at all.
static void rightless(void) {
    cloudabi_fd_t none = copy_with(DIR, 0, 0), copy, other;
    cloudabi_fdstat_t stat;
    check_equal(cloudabi_sys_fd_stat_get(none, &stat), 0, "fd_stat_get needs no right");
    check(stat.fs_rights_base == 0 && stat.fs_rights_inheriting == 0, "and tells so");
    check_equal(cloudabi_sys_fd_dup(none, &copy), 0, "fd_dup needs no right");
    check_equal(fdstat(copy).fs_rights_base, 0, "a copy has none either");
    check_equal(shrink(copy, 0, 0), 0, "shrinking needs no right");
    cloudabi_sys_fd_dup(DIR, &other);
    check_equal(cloudabi_sys_fd_replace(none, other), 0, "fd_replace needs no right");
    check_equal(fdstat(other).fs_rights_base, 0, "nor keeps those of what it replaced");
    check_equal(cloudabi_sys_fd_close(other), 0, "fd_close needs no right");
    cloudabi_sys_fd_close(copy);
    cloudabi_sys_fd_close(none);
    cloudabi_fd_t tell = copy_with(file, R(FD_TELL), 0), seeker = copy_with(file, R(FD_SEEK), 0);
    check_equal(cloudabi_sys_fd_seek(tell, 0, CLOUDABI_WHENCE_CUR, &at), 0, "fd_tell: CUR and 0");
    check_equal(cloudabi_sys_fd_seek(seeker, 0, CLOUDABI_WHENCE_CUR, &at), 0,
                "fd_seek stands for fd_tell");
    check_equal(seek(tell), CLOUDABI_ENOTCAPABLE, "but not the other way round");
    cloudabi_fd_t neither =
        copy_with(file, fdstat(file).fs_rights_base & ~R(FD_TELL) & ~R(FD_SEEK), 0);
    check_equal(cloudabi_sys_fd_seek(neither, 0, CLOUDABI_WHENCE_CUR, &at), CLOUDABI_ENOTCAPABLE,
                "without either: NOTCAPABLE");
    cloudabi_sys_fd_close(tell);
    cloudabi_sys_fd_close(seeker);
    cloudabi_sys_fd_close(neither);
}

// What file_open asks of a directory's inheriting rights.
static void opening(void) {
    static const struct {
        const char *name;
        cloudabi_rights_t base, inheriting; // wanted
        uint16_t oflags, fdflags;
        cloudabi_rights_t needs;
    } cases[] = {
        {"file_open: nothing wanted, nothing needed", 0, 0, 0, 0, 0},
        {"file_open: base rights", R(FD_READ) | R(FD_TELL), 0, 0, 0, R(FD_READ) | R(FD_TELL)},
        {"file_open: inheriting rights", 0, R(FILE_READDIR) | R(FD_READ), 0, 0,
         R(FILE_READDIR) | R(FD_READ)},
        {"file_open: both", R(FD_READ), R(PROC_EXEC), 0, 0, R(FD_READ) | R(PROC_EXEC)},
        {"file_open: TRUNC", 0, 0, CLOUDABI_O_TRUNC, 0, R(FILE_STAT_FPUT_SIZE)},
        {"file_open: writing", R(FD_WRITE), 0, 0, 0, R(FD_WRITE) | R(FD_SEEK)},
        {"file_open: writing with APPEND", R(FD_WRITE), 0, 0, CLOUDABI_FDFLAG_APPEND, R(FD_WRITE)},
        {"file_open: writing with TRUNC", R(FD_WRITE), 0, CLOUDABI_O_TRUNC, 0,
         R(FD_WRITE) | R(FILE_STAT_FPUT_SIZE)},
        {"file_open: RSYNC", 0, 0, 0, CLOUDABI_FDFLAG_RSYNC, R(FD_SYNC)},
        {"file_open: SYNC", 0, 0, 0, CLOUDABI_FDFLAG_SYNC, R(FD_SYNC)},
        {"file_open: DSYNC with fd_datasync", 0, 0, 0, CLOUDABI_FDFLAG_DSYNC, R(FD_DATASYNC)},
        {"file_open: DSYNC with fd_sync", 0, 0, 0, CLOUDABI_FDFLAG_DSYNC, R(FD_SYNC)},
    };
    const cloudabi_rights_t all = fdstat(DIR).fs_rights_inheriting;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); ++i) {
        cloudabi_fdstat_t wanted = {.fs_filetype = 77, // ignored
                                    .fs_flags = cases[i].fdflags,
                                    .fs_rights_base = cases[i].base,
                                    .fs_rights_inheriting = cases[i].inheriting};
        bool ok = true;
        // In the place of bit 63, which is no right: none is taken away, only what is needed stays.
        for (cloudabi_rights_t right = 1; right != 0; right <<= 1) {
            if ((cases[i].needs & right) == 0 && right >> 63 == 0)
                continue;
            bool either = (cases[i].fdflags & CLOUDABI_FDFLAG_DSYNC) != 0;
            cloudabi_rights_t left = right >> 63 != 0 ? cases[i].needs
                                     : either         ? all & ~R(FD_SYNC) & ~R(FD_DATASYNC)
                                                      : all & ~right;
            cloudabi_fd_t dir = copy_with(DIR, R(FILE_OPEN), left), made;
            cloudabi_errno_t error =
                cloudabi_sys_file_open(FOLLOW(dir), STRING("f"), cases[i].oflags, &wanted, &made);
            ok = ok && error == (right >> 63 != 0 ? 0 : CLOUDABI_ENOTCAPABLE);
            ++combinations;
            if (error == 0) {
                cloudabi_fdstat_t got = fdstat(made);
                ok = ok && got.fs_rights_base == cases[i].base && got.fs_rights_inheriting == 0 &&
                     got.fs_filetype == CLOUDABI_FILETYPE_REGULAR_FILE;
                cloudabi_sys_fd_close(made);
            }
            cloudabi_sys_fd_close(dir);
        }
        ++rules;
        check(ok, cases[i].name);
    }
    // No right beyond the known ones, whatever the directory.
    bool ok = true;
    const cloudabi_rights_t known = fdstat(socket).fs_rights_inheriting; // all that exist
    for (cloudabi_rights_t right = 1; right != 0; right <<= 1) {
        cloudabi_fd_t made;
        if ((known & right) == 0) {
            ok = ok && open_at(LOOKUP(DIR), "f", 0, right, 0, &made) == CLOUDABI_ENOTCAPABLE &&
                 open_at(LOOKUP(DIR), "f", 0, 0, right, &made) == CLOUDABI_ENOTCAPABLE;
            ++combinations;
        }
    }
    check(ok, "file_open: every unassigned right is NOTCAPABLE");
    const cloudabi_rights_t retired =
        1ULL << 11 | 1ULL << 29 | 1ULL << 31 | 0x1fULL << 34 | ~UINT64_C(0) << 40;
    check((known & retired) == 0 && (fdstat(DIR).fs_rights_inheriting & retired) == 0,
          "no descriptor has a retired right");
}

// Which rights make file_open read, and which write.
static void modes(void) {
    static const cloudabi_rights_t writing[] = {R(FD_DATASYNC), R(FD_WRITE), R(FILE_ALLOCATE),
                                                R(FILE_STAT_FPUT_SIZE)};
    cloudabi_fd_t made;
    bool ok = true;
    for (int i = 0; i < 4; ++i)
        ok = ok && open_at(LOOKUP(DIR), ".", 0, writing[i], 0, &made) == CLOUDABI_EISDIR;
    check(ok, "file_open: any of four rights means writing, which suits no directory");
    check_equal(open_at(LOOKUP(DIR), "f", 0, R(FILE_ALLOCATE), 0, &made), 0, "only file_allocate");
    check_equal(allocate(made), 0, "is enough to allocate");
    cloudabi_sys_fd_close(made);
    check_equal(open_at(LOOKUP(DIR), "f", 0, R(FD_WRITE) | R(MEM_MAP) | R(MEM_MAP_EXEC), 0, &made),
                0, "mem_map_exec beside writing");
    check_equal(map_exec(made), 0, "means reading as well");
    cloudabi_sys_fd_close(made);
    check_equal(open_at(LOOKUP(DIR), "f", 0, R(FD_STAT_PUT_FLAGS), 0, &made), 0, "neither");
    check_equal(fdstat(made).fs_rights_base, R(FD_STAT_PUT_FLAGS), "opens all the same");
    cloudabi_sys_fd_close(made);
}

static void types(void) {
    cloudabi_fd_t memory, dir;
    cloudabi_sys_fd_create1(CLOUDABI_FILETYPE_SHARED_MEMORY, &memory);
    // Reading and listing name the same mode; writing does not suit a directory.
    check_equal(open_at(LOOKUP(DIR), ".", 0, fdstat(DIR).fs_rights_base | R(FD_READ),
                        fdstat(DIR).fs_rights_inheriting, &dir),
                0, "a directory with all that there is");
    static const cloudabi_rights_t r[] = {
        // section 4's table, by bit
        0xffULL << 12 | 0x1fULL << 21 | 3ULL << 9 | 1ULL << 28 | 1ULL << 7 | 3ULL << 3,
        0x1ffULL | 7ULL << 19 | 7ULL << 26 | 1ULL << 32,
        1ULL << 1 | 1ULL << 6 | 3ULL << 19 | 3ULL << 26,
        1ULL << 1 | 1ULL << 3 | 1ULL << 6 | 1ULL << 19 | 1ULL << 28 | 1ULL << 39,
        1ULL << 19 | 1ULL << 30,
    };
    check_equal(fdstat(dir).fs_rights_base, r[0], "largest base of a directory");
    check_equal(fdstat(dir).fs_rights_inheriting, r[0] | r[1], "and inheriting: files too");
    check_equal(fdstat(file).fs_rights_base, r[1], "largest base of a regular file");
    check_equal(fdstat(memory).fs_rights_base, r[2], "largest base of shared memory");
    check_equal(fdstat(socket).fs_rights_base, r[3], "largest base of a socket");
    check_equal(fdstat(process).fs_rights_base, r[4], "largest base of a process");
    check(fdstat(file).fs_rights_inheriting == 0 && fdstat(memory).fs_rights_inheriting == 0 &&
              fdstat(process).fs_rights_inheriting == 0,
          "files, shared memory, processes pass nothing on");
    cloudabi_sys_fd_close(memory);
    cloudabi_sys_fd_close(dir);
}

static bool same(cloudabi_fd_t fd, cloudabi_rights_t base, cloudabi_rights_t inheriting) {
    cloudabi_fdstat_t got = fdstat(fd);
    return got.fs_rights_base == base && got.fs_rights_inheriting == inheriting;
}

static cloudabi_fd_t pass(cloudabi_fd_t from, cloudabi_fd_t to, cloudabi_fd_t fd) {
    cloudabi_ciovec_t byte = {"x", 1};
    cloudabi_send_in_t in = {.si_data = &byte, .si_data_len = 1, .si_fds = &fd, .si_fds_len = 1};
    cloudabi_send_out_t sent;
    cloudabi_iovec_t part = {buf, 1};
    cloudabi_fd_t arrived = UINT32_MAX;
    cloudabi_recv_in_t rin = {
        .ri_data = &part, .ri_data_len = 1, .ri_fds = &arrived, .ri_fds_len = 1};
    cloudabi_recv_out_t rout;
    if (cloudabi_sys_sock_send(from, &in, &sent) != 0 ||
        cloudabi_sys_sock_recv(to, &rin, &rout) != 0 || rout.ro_fdslen != 1)
        return UINT32_MAX;
    return arrived;
}

// A directory that may open and list, and pass on reading: through each way that there is.
static void travelling(void) {
    const cloudabi_rights_t base = R(FILE_OPEN) | R(FILE_READDIR) | R(FILE_STAT_GET);
    const cloudabi_rights_t passed = READING | R(FILE_OPEN) | R(FILE_READDIR);
    cloudabi_fd_t dir = copy_with(DIR, base, passed), copy, other, a, b, sub;
    cloudabi_sys_fd_dup(dir, &copy);
    check(same(copy, base, passed), "fd_dup: both sets follow");
    cloudabi_sys_fd_dup(DIR, &other);
    cloudabi_sys_fd_replace(copy, other);
    check(same(other, base, passed), "fd_replace: both sets follow");
    check_equal(shrink(copy, R(FILE_OPEN), 0), 0, "a copy shrinks");
    check(same(dir, base, passed), "by itself");
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &a, &b);
    cloudabi_fd_t arrived = pass(a, b, dir);
    check(same(arrived, base, passed), "passing: both sets follow");
    cloudabi_fd_t again = pass(b, a, arrived);
    check(same(again, base, passed), "passing twice: neither grows");
    cloudabi_fd_t narrow = copy_with(b, fdstat(b).fs_rights_base, R(FILE_OPEN) | R(FD_READ));
    cloudabi_fd_t cut = pass(a, narrow, dir);
    check(same(cut, R(FILE_OPEN), R(FILE_OPEN) | R(FD_READ)),
          "passing: cut by the receiving socket's inheriting set");
    cloudabi_fd_t carried = pass(a, b, narrow);
    check(same(carried, fdstat(b).fs_rights_base, R(FILE_OPEN) | R(FD_READ)),
          "a socket that is passed keeps its inheriting set");
    cloudabi_fd_t through = pass(a, carried, dir);
    check(same(through, R(FILE_OPEN), R(FILE_OPEN) | R(FD_READ)), "which cuts there as well");

    const cloudabi_fd_t each[] = {dir, other, arrived, again};
    bool ok = true;
    for (int i = 0; i < 4; ++i) {
        cloudabi_fd_t made;
        ok = ok && open_at(LOOKUP(each[i]), "f", 0, WRITING, 0, &made) == CLOUDABI_ENOTCAPABLE &&
             open_at(LOOKUP(each[i]), "f", 0, READING, 0, &made) == 0 &&
             write_text(made, "x") == CLOUDABI_ENOTCAPABLE && cloudabi_sys_fd_close(made) == 0 &&
             open_at(LOOKUP(each[i]), ".", 0, 0, passed | R(FILE_UNLINK), &made) ==
                 CLOUDABI_ENOTCAPABLE &&
             unlink_at(each[i], "f", 0) == CLOUDABI_ENOTCAPABLE;
    }
    check(ok, "none of them opens what its inheriting set lacks");
    check_equal(open_at(LOOKUP(dir), ".", 0, passed, passed, &sub), 0, "a subdirectory");
    check(same(sub, R(FILE_OPEN) | R(FILE_READDIR) | R(FILE_STAT_FGET), passed),
          "has of the inheriting set what fits");
    cloudabi_fd_t made;
    check_equal(open_at(LOOKUP(sub), "f", 0, READING | R(FD_WRITE), 0, &made), CLOUDABI_ENOTCAPABLE,
                "and what is opened below it has no more");
    check_equal(stat_at(LOOKUP(sub), "f", &st), CLOUDABI_ENOTCAPABLE,
                "the base set of what led there does not follow");

    // exec and fork: exec_target.c compares.
    char data[22] = "rights";
    memcpy(data + 6, &base, 8);
    memcpy(data + 14, &passed, 8);
    cloudabi_fd_t child, list[] = {OUTPUT, dir};
    cloudabi_tid_t tid;
    cloudabi_sys_proc_fork(&child, &tid);
    if (child == CLOUDABI_PROCESS_CHILD) {
        if (!same(dir, base, passed))
            cloudabi_sys_proc_exit(3);
        cloudabi_sys_proc_exec(target, data, sizeof(data), list, 2);
        cloudabi_sys_proc_exit(4);
    }
    cloudabi_event_t event = wait_process(child);
    check(event.error == 0 && event.proc_terminate.exitcode == 0,
          "fork and exec: both sets follow, and what is opened has no more");
}

// fd_stat_put takes away only, one set at a time, and looks at nothing else.
static void shrinking(void) {
    const cloudabi_rights_t base = R(FILE_OPEN) | R(FILE_READDIR), passed = READING;
    cloudabi_fd_t dir = copy_with(DIR, base, passed);
    bool ok = true;
    for (cloudabi_rights_t right = 1; right != 0; right <<= 1) {
        ok = ok &&
             shrink(dir, base | right, passed) == ((base & right) != 0 ? 0 : CLOUDABI_ENOTCAPABLE);
        ok = ok && shrink(dir, base, passed | right) ==
                       ((passed & right) != 0 ? 0 : CLOUDABI_ENOTCAPABLE);
        combinations += 2;
    }
    check(ok, "fd_stat_put: no single right can be added to either set");
    check(same(dir, base, passed), "and a refusal changes nothing");
    cloudabi_fdstat_t to = {.fs_filetype = 99,
                            .fs_flags = 0xffff,
                            .fs_rights_base = base,
                            .fs_rights_inheriting = R(FD_READ)};
    check_equal(cloudabi_sys_fd_stat_put(dir, &to, CLOUDABI_FDSTAT_RIGHTS), 0,
                "fd_stat_put RIGHTS: other members are ignored");
    check(same(dir, base, R(FD_READ)), "inheriting shrinks alone");
    check_equal(shrink(NOT_OPEN, 0, 0), CLOUDABI_EBADF, "fd_stat_put RIGHTS: BADF");
    check_equal(cloudabi_sys_fd_stat_put(NOT_OPEN, &to, CLOUDABI_FDSTAT_FLAGS), CLOUDABI_EBADF,
                "fd_stat_put FLAGS: BADF");
    check_equal(shrink(dir, 0, R(FD_READ)), 0, "base shrinks alone");
    check(same(dir, 0, R(FD_READ)), "to nothing");
    cloudabi_sys_fd_close(dir);
}

void test(const cloudabi_auxv_t *auxv) {
    (void)auxv;
    cloudabi_tid_t tid;
    cloudabi_errno_t forked = cloudabi_sys_proc_fork(&process, &tid);
    if (process == CLOUDABI_PROCESS_CHILD)
        cloudabi_sys_proc_exit(0);
    check(forked == 0 && make_link("f", DIR, "link") == 0 &&
              open_at(LOOKUP(DIR), "f", CLOUDABI_O_CREAT, CLOUDABI_RIGHTS_REGULAR_FILE_BASE, 0,
                      &file) == 0 &&
              open_at(LOOKUP(PROGRAMS), "loader_program_exec_target", 0, R(PROC_EXEC) | R(FD_READ),
                      0, &target) == 0,
          "something of each type");
    wait_process(process);
    fput_size(file);
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); ++i) {
        // A fresh pair with something to read.
        if (table[i].on == &socket) {
            cloudabi_sys_fd_close(socket);
            cloudabi_sys_fd_close(peer);
            cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &socket, &peer);
            write_text(peer, "enough to read it again and again, however often that may be");
        }
        apply(&table[i]);
    }
    cloudabi_sys_fd_close(socket);
    cloudabi_sys_fd_close(peer);
    cloudabi_sys_fd_create2(CLOUDABI_FILETYPE_SOCKET_STREAM, &socket, &peer);
    rightless();
    opening();
    modes();
    types();
    shrinking();
    travelling();
    print("# ");
    print_number(rules);
    print(" calls and forms of calls, ");
    print_number(combinations);
    print(" combinations of rights\n");
}
