// SPDX-License-Identifier: BSD-2-Clause
// Requests to whoever serves the sandbox (the supervisor, the mounter) that change while they are
// looked at, come from many at once, or from callers that end, close, or start another program in
// the middle. After each it must still serve.

#include "attack.h"

#include <linux/uio.h>

#include "crt.h"
#include "exec.h"

enum {
    READ_FD = 1,
    BOTH_FD,
    APPEND_FD,
    PROGRAMS_FD,
    LOADER_FD,
    RACED_FD = 100,
    RACE_MS = 200,
    CALLERS = 48,
    ROUNDS = 40,
    DYING = 60,
    NARROW_SIZE = 40,
    F_GETFL_ = 3,
    F_SETFL_ = 4,
    F_DUPFD_CLOEXEC_ = 1030,
};

static bool is_strict;

static struct {
    uint64_t flags, mode, resolve, base, inheriting;
} asked = {.flags = O_CLOEXEC, .base = ~0UL, .inheriting = ~0UL};

static long narrow(long fd) {
    return RAW(__NR_openat2, fd, "", &asked, NARROW_SIZE);
}

static bool serves(void) {
    long fd = open_raw(BOTH_FD, "file", O_RDONLY);
    // Without a sandbox nobody narrows.
    long narrower = is_control ? RAW(__NR_memfd_create, "", 1) : narrow(BOTH_FD);
    RAW(__NR_close, fd);
    RAW(__NR_close, narrower);
    return fd >= 0 && narrower >= 0;
}

struct identity {
    uint64_t dev, ino;
};

static struct identity identity(long fd) {
    uint64_t stat[32] = {0};
    RAW(__NR_fstat, fd, stat);
    return (struct identity){stat[0], stat[1]};
}

static bool is_writable(long fd) {
    return (RAW(__NR_fcntl, fd, F_GETFL_) & O_ACCMODE) != O_RDONLY;
}

// The other thread.
static void (*volatile disturb)(void);
static volatile bool disturbing, stopped;

static void disturb_all(void) {
    while (disturbing)
        disturb();
    stopped = true;
    RAW(__NR_exit, 0);
}

// Calls `attempt_one` for a while beside `other`; what it returns true for got through.
static void race(const char *name, void (*other)(void), bool (*attempt_one)(void)) {
    disturb = other;
    disturbing = true;
    stopped = false;
    long thread = thread_raw(disturb_all);
    long made = 0, through = 0, end = now_ms() + RACE_MS;
    while (thread > 0 && now_ms() < end) {
        ++made;
        if (attempt_one()) {
            ++through;
            report_through(name, made);
        }
    }
    disturbing = false;
    while (thread > 0 && !stopped)
        RAW(__NR_sched_yield);
    if (thread <= 0 || !serves())
        through = made += 1;
    report_tally(name, made, made - through, 0);
}

static void swap_directories(void) {
    RAW(__NR_dup3, READ_FD, RACED_FD, O_CLOEXEC);
    RAW(__NR_dup3, BOTH_FD, RACED_FD, O_CLOEXEC);
}

static struct identity protected_file;

// What opens for writing is never the file that may only be read.
static bool opens_protected(void) {
    long fd = open_raw(RACED_FD, "file", O_RDWR);
    struct identity opened = identity(fd);
    bool through = fd >= 0 && opened.dev == protected_file.dev && opened.ino == protected_file.ino;
    RAW(__NR_close, fd);
    return through;
}

static volatile struct open_how changing;

static void change_how(void) {
    changing.mode = 06777;
    changing.flags = O_RDWR | O_CREAT | O_TRUNC;
    RAW(__NR_sched_yield);
    changing.flags = O_CLOEXEC;
    changing.mode = 0;
    RAW(__NR_sched_yield);
    changing.resolve = RESOLVE_IN_ROOT;
    changing.resolve = 0;
}

static bool opens_changing(void) {
    long fd = RAW(__NR_openat2, READ_FD, "file", &changing, sizeof(changing));
    bool through = fd >= 0 && is_writable(fd);
    RAW(__NR_close, fd);
    return through;
}

static void change_asked(void) {
    asked.base = 0;
    asked.inheriting = ~0UL;
    asked.resolve = 1;
    asked.base = ~0UL;
    asked.flags = ~0UL;
    asked.resolve = 0;
    asked.flags = O_CLOEXEC;
}

static bool narrows_changing(void) {
    long fd = narrow(READ_FD);
    long file = fd < 0 ? fd : open_raw((int)fd, "file", O_RDWR);
    bool through = file >= 0 || (fd >= 0 && reaches_secret((int)fd, "../" PATH_SECRET));
    RAW(__NR_close, file);
    RAW(__NR_close, fd);
    return through;
}

static long memory_fd;

static void swap_files(void) {
    RAW(__NR_dup3, APPEND_FD, RACED_FD, O_CLOEXEC);
    RAW(__NR_dup3, memory_fd, RACED_FD, O_CLOEXEC);
    RAW(__NR_close, RACED_FD);
}

// The flags of the program's own memory may change, and those of the file to append to may not.
static bool changes_append(void) {
    RAW(__NR_fcntl, RACED_FD, F_SETFL_, 0);
    RAW(__NR_ftruncate, RACED_FD, 0);
    return (RAW(__NR_fcntl, APPEND_FD, F_GETFL_) & O_APPEND) == 0;
}

static void close_for_ever(void) {
    long fd = RAW(__NR_fcntl, BOTH_FD, F_DUPFD_CLOEXEC_, RACED_FD);
    RAW(__NR_close, fd);
}

// Either an error or what was asked for, never another's descriptor.
static bool opens_closing(void) {
    long fd = open_raw(RACED_FD, "sub/file", O_RDONLY);
    bool through = fd >= 0 && reaches_secret(RACED_FD, "../" PATH_SECRET);
    if (fd > RACED_FD)
        RAW(__NR_close, fd);
    return through;
}

static void request_for_ever(void) {
    for (;;) {
        RAW(__NR_close, open_raw(BOTH_FD, "sub/../file", O_RDONLY));
        RAW(__NR_close, narrow(BOTH_FD));
    }
}

static void attack_dying(void) {
    long refused = 0;
    for (int i = 0; i < DYING; ++i) {
        int pidfd = -1;
        if (fork_raw(&pidfd) == 0)
            request_for_ever();
        for (int j = 0; j < i * 7; ++j)
            RAW(__NR_sched_yield);
        refused += serves();
        kill_raw(pidfd);
        wait_raw(pidfd);
    }
    report_tally("callers-die", DYING, refused, 0);
}

static void request_often(void) {
    bool fine = true;
    for (int i = 0; i < ROUNDS; ++i) {
        fine &= serves();
        fine &= open_raw(READ_FD, "file", O_RDWR) < 0;
        fine &= !reaches_secret(BOTH_FD, "../" PATH_SECRET);
    }
    RAW(__NR_exit_group, fine ? 0 : 1);
}

static void attack_many(void) {
    static int children[CALLERS];
    long refused = 0;
    for (int i = 0; i < CALLERS; ++i)
        if (fork_raw(&children[i]) == 0)
            request_often();
    for (int i = 0; i < CALLERS; ++i)
        refused += wait_raw(children[i]) == 0;
    report_tally("callers-at-once", CALLERS * ROUNDS, refused * ROUNDS, 0);
}

// The caller's table is full: the answer finds no place there, and nothing is lost elsewhere.
static void fill_table(void) {
    long last = 0;
    for (long fd = 0; fd >= 0;) {
        last = fd;
        fd = RAW(__NR_fcntl, BOTH_FD, F_DUPFD_CLOEXEC_, 0);
    }
    bool fine = true;
    for (int i = 0; i < 300; ++i)
        fine &= open_raw(BOTH_FD, "file", O_RDONLY) < 0 && narrow(BOTH_FD) < 0;
    RAW(__NR_close, last);
    fine &= open_raw(BOTH_FD, "file", O_RDONLY) == last;
    RAW(__NR_exit_group, fine ? 0 : 1);
}

// The filter asks for two sizes only.
static void attack_sizes(void) {
    static const long sizes[] = {0, 1, 23, 25, 32, 39, 41, 48, 4096, 1L << 32 | 24, -1};
    long refused = 0, count = sizeof(sizes) / sizeof(sizes[0]);
    for (long i = 0; i < count; ++i)
        refused += RAW(__NR_openat2, BOTH_FD, "file", &asked, sizes[i]) < 0;
    report_tally("sizes", count, refused, 0);
}

static void attack_malformed(void) {
    static const struct {
        uint64_t words[5];
    } requests[] = {
        {{~0UL, 0, 0, 0, 0}},   {{O_CREAT, 0, 0, 0, 0}},       {{O_PATH, 0, 0, 0, 0}},
        {{0, 1, 0, 0, 0}},      {{0, ~0UL, 0, 0, 0}},          {{0, 0, 1, 0, 0}},
        {{0, 0, ~0UL, 0, 0}},   {{O_CLOEXEC | 1, 0, 0, 0, 0}}, {{1UL << 63, 0, 0, 0, 0}},
        {{O_RDWR, 0, 0, 0, 0}},
    };
    static const char *const paths[] = {"sub", "..", ".", "/", ("../" PATH_SECRET)};
    static const long fds[] = {-1, AT_FDCWD, 999, 0, 1L << 31, INT64_MAX};
    long made = 0, refused = 0;
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); ++i, ++made)
        refused += RAW(__NR_openat2, BOTH_FD, "", &requests[i], NARROW_SIZE) < 0;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); ++i, ++made)
        refused += RAW(__NR_openat2, BOTH_FD, paths[i], &asked, NARROW_SIZE) < 0;
    for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); ++i, ++made)
        refused += narrow(fds[i]) < 0;
    const long pointers[] = {0, 1, -1, -4096, INT64_MAX, (long)0xffffffff81000000};
    for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); ++i, made += 2) {
        refused += RAW(__NR_openat2, BOTH_FD, "", pointers[i], NARROW_SIZE) < 0;
        refused += RAW(__NR_openat2, BOTH_FD, pointers[i], &asked, NARROW_SIZE) < 0;
    }
    report_tally("malformed", made, refused, 0);
}

// A directory without permissions, which only a power that the program lacks could list.
static void attack_unreadable(void) {
    RAW(__NR_mkdirat, BOTH_FD, "locked", 0);
    long place = open_raw(BOTH_FD, "locked", O_PATH | O_DIRECTORY);
    long fd = narrow(place);
    char entries[256];
    long len = fd < 0 ? fd : RAW(__NR_getdents64, fd, entries, sizeof(entries));
    report("list-without-permission", len < 0, len);
    RAW(__NR_close, fd);
    RAW(__NR_close, place);
}

static long program;

static void become_grandchild(void) {
    const int fds[] = {OUT_FD, READ_FD, BOTH_FD, APPEND_FD, PROGRAMS_FD};
    exec_raw((int)program, LOADER_FD, fds, 5, "grandchild", 10);
    RAW(__NR_exit_group, 98);
}

static void become_grandparent(void) {
    long status = in_child(become_grandchild);
    RAW(__NR_exit_group, status);
}

// The other thread is in the middle of a request when the image goes.
static void exec_amid_requests(void) {
    thread_raw(request_for_ever);
    for (int i = 0; i < 50; ++i)
        RAW(__NR_sched_yield);
    become_grandchild();
}

static void attack_exec(void) {
    program = open_raw(PROGRAMS_FD, "pressure", O_RDONLY);
    long status = in_child(become_grandparent);
    report("grandchild-after-exec", status == 0 && serves(), status);
    long refused = 0;
    for (int i = 0; i < 20; ++i)
        refused += in_child_for(exec_amid_requests, 10000) == 0 && serves();
    report_tally("exec-amid-requests", 20, refused, 0);
}

// In strict mode there is room for so many sets of rights, for all. Those in use stay of use.
static void attack_many_rights(void) {
    for (uint64_t i = 0; i < 400; ++i) {
        asked.base = 1UL << i % 40 | 1UL << i * 7 % 40;
        RAW(__NR_close, narrow(BOTH_FD));
    }
    long fd = open_raw(BOTH_FD, "file", O_RDWR);
    long other = open_raw(READ_FD, "file", O_RDWR);
    report("too-many-rights", fd >= 0 && other < 0, fd);
    RAW(__NR_close, fd);
}

// What was started by exec is held to the same.
_Noreturn static void be_grandchild(void) {
    bool fine = serves() && open_raw(READ_FD, "file", O_RDWR) < 0 &&
                !reaches_secret(BOTH_FD, "../" PATH_SECRET) &&
                open_raw(AT_FDCWD, "/etc/passwd", O_RDONLY) < 0;
    RAW(__NR_exit_group, fine ? 0 : 1);
    __builtin_unreachable();
}

static void await_file(const char *name) {
    long fd;
    while ((fd = open_raw(READ_FD, name, O_RDONLY)) < 0)
        sleep_ms(5);
    RAW(__NR_close, fd);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    if (is_argument(&info, "grandchild"))
        be_grandchild();
    is_strict = is_argument(&info, "strict");
    long file = open_raw(READ_FD, "file", O_RDONLY);
    protected_file = identity(file);
    RAW(__NR_close, file);
    memory_fd = RAW(__NR_memfd_create, "", 1 | 8);
    report("ready", serves(), 0);
    await_file("go");
    race("race-directories", swap_directories, opens_protected);
    race("race-flags", change_how, opens_changing);
    race("race-narrowing", change_asked, narrows_changing);
    asked = (typeof(asked)){.flags = O_CLOEXEC, .base = ~0UL, .inheriting = ~0UL};
    race("race-closing", close_for_ever, opens_closing);
    // Full mode keeps rights finer than the open mode in the vDSO alone.
    if (is_strict)
        race("race-files", swap_files, changes_append);
    else
        report_skip("race-files");
    if (is_control)
        RAW(__NR_exit_group, 0);
    attack_dying();
    attack_many();
    long status = in_child(fill_table);
    report("table-is-full", status == 0 && serves(), status);
    attack_sizes();
    attack_malformed();
    attack_unreadable();
    attack_exec();
    attack_many_rights();
    report("done", open_raw(BOTH_FD, "file", O_RDONLY) >= 0, 0);
    await_file("checked");
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
