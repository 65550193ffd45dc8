// SPDX-License-Identifier: BSD-2-Clause
// Every descriptor number with every call that takes one: none but the granted ones and the
// loader's answers, and those lead no further than they should.

#include "attack.h"

#include <linux/mman.h>
#include <linux/uio.h>

enum { LAST_FD = 1023, SELF_FIRST = -10010, SELF_LAST = -10000 };

static char buffer[4096];
static struct iovec part = {buffer, 16};
static struct {
    void *name;
    long name_len;
    struct iovec *parts;
    size_t parts_len;
    void *control;
    size_t control_len;
    int flags;
} message = {.parts = &part, .parts_len = 1};
static long times[4];

// Only the first argument is the number under test.
struct handle_call {
    long number, b, c, d, e;
};

static long perform(const struct handle_call *call, long fd) {
    return RAW(call->number, fd, call->b, call->c, call->d, call->e);
}

#define P(pointer) ((long)(pointer))

// None answers anything but an error, whatever the number, where there is no such descriptor.
static void try_absent(long fd, long *made, long *refused) {
    static const char *const paths[] = {".", "", "..", PATH_SECRET, ("../" PATH_SECRET), "sub"};
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC};
    struct open_how place = {.flags = O_PATH | O_CLOEXEC};
    long narrower[5] = {0};
    struct handle_call calls[64];
    size_t count = 0;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); ++i) {
        calls[count++] = (struct handle_call){__NR_openat2, P(paths[i]), P(&how), sizeof(how), 0};
        calls[count++] =
            (struct handle_call){__NR_openat2, P(paths[i]), P(&place), sizeof(place), 0};
        calls[count++] =
            (struct handle_call){__NR_newfstatat, P(paths[i]), P(buffer), AT_EMPTY_PATH, 0};
        calls[count++] =
            (struct handle_call){__NR_readlinkat, P(paths[i]), P(buffer), sizeof(buffer), 0};
    }
    const struct handle_call others[] = {
        {__NR_openat2, P(""), P(narrower), sizeof(narrower), 0},
        {__NR_mkdirat, P("../brute"), 0700, 0, 0},
        {__NR_unlinkat, P("../" PATH_SECRET), 0, 0, 0},
        {__NR_renameat, P("../" PATH_SECRET), READ_WRITE_FD, P("stolen"), 0},
        {__NR_linkat, P("../" PATH_SECRET), READ_WRITE_FD, P("stolen"), 0},
        {__NR_linkat, P(""), READ_WRITE_FD, P("stolen"), AT_EMPTY_PATH},
        {__NR_utimensat, P("../" PATH_SECRET), P(times), 0, 0},
        {__NR_utimensat, 0, P(times), 0, 0},
        {__NR_execveat, EMPTY_PATH, P(times), P(times), AT_EMPTY_PATH},
        {__NR_fstat, P(buffer), 0, 0, 0},
        {__NR_lseek, 0, 0, 0, 0},
        {__NR_read, P(buffer), 16, 0, 0},
        {__NR_readv, P(&part), 1, 0, 0},
        {__NR_pread64, P(buffer), 16, 0, 0},
        {__NR_write, P(buffer), 16, 0, 0},
        {__NR_writev, P(&part), 1, 0, 0},
        {__NR_pwrite64, P(buffer), 16, 0, 0},
        {__NR_getdents64, P(buffer), sizeof(buffer), 0, 0},
        {__NR_fsync, 0, 0, 0, 0},
        {__NR_fdatasync, 0, 0, 0, 0},
        {__NR_ftruncate, 0, 0, 0, 0},
        {__NR_fallocate, 0, 0, 16, 0},
        {__NR_fadvise64, 0, 0, 0, 0},
        {__NR_fcntl, 1030, 0, 0, 0},
        {__NR_fcntl, 1, 0, 0, 0},
        {__NR_fcntl, 3, 0, 0, 0},
        {__NR_fcntl, 4, 0, 0, 0},
        {__NR_dup3, 2000, O_CLOEXEC, 0, 0},
        {__NR_sendmsg, P(&message), 0x40, 0, 0},
        {__NR_recvmsg, P(&message), 0x40, 0, 0},
        {__NR_accept4, 0, 0, 0, 0},
        {__NR_shutdown, 2, 0, 0, 0},
        {__NR_getsockopt, 1, 3, P(buffer), P(times)},
        {__NR_close, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); ++i)
        calls[count++] = others[i];
    for (size_t i = 0; i < count; ++i) {
        long result = perform(&calls[i], fd);
        ++*made;
        if (result < 0)
            ++*refused;
        else
            report_through("handle-that-nobody-granted", fd * 1000 + calls[i].number);
    }
    ++*made;
    long mapped = RAW(__NR_mmap, 0, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapped < 0)
        ++*refused;
    else
        report_through("handle-that-nobody-granted", fd * 1000 + __NR_mmap);
}

static void attack_absent(void) {
    static const long far[] = {1024, 4096, 65535, 65536, 1 << 20,  INT32_MAX,      INT32_MIN, -1,
                               -2,   -99,  -101,  -4096, 1L << 31, (1L << 32) - 1, INT64_MAX};
    long made = 0, refused = 0;
    for (long fd = GRANTED + 1; fd <= LAST_FD; ++fd)
        try_absent(fd, &made, &refused);
    for (size_t i = 0; i < sizeof(far) / sizeof(far[0]); ++i)
        try_absent(far[i], &made, &refused);
    // The kernel's names for the caller's own thread and process, and for roots of its own.
    for (long fd = SELF_FIRST; fd <= SELF_LAST; ++fd)
        try_absent(fd, &made, &refused);
    report_tally("handles-absent", made, refused, 0);
}

static const char *const outside[] = {
    "../" PATH_SECRET,
    "../../../../../../../../etc/passwd",
    "/etc/passwd",
    "/proc/self/root/etc/passwd",
    "sub/../../" PATH_SECRET,
};

// What it holds itself, once more and in any mode: Linux lets processes that see /proc.
static const char *const own[] = {"/dev/fd/0", "/proc/self/fd/0", "/proc/thread-self/fd/0"};

enum { OWN = sizeof(own) / sizeof(own[0]) };
enum { OUTSIDE = sizeof(outside) / sizeof(outside[0]) };

static void count(const char *name, long fd, long result, long *refused) {
    *refused += result < 0;
    if (result >= 0)
        report_through(name, fd);
}

// What is there, and what it looks like: the weak mode does not keep from that.
static void look(long fd, const char *path, long *made, long *refused) {
    long place = open_raw((int)fd, path, O_PATH);
    count("handle-looks-out", fd, place, refused);
    RAW(__NR_close, place);
    const struct handle_call calls[] = {
        {__NR_newfstatat, P(path), P(buffer), 0, 0},
        {__NR_readlinkat, P(path), P(buffer), sizeof(buffer), 0},
        {__NR_utimensat, P(path), P(times), 0, 0},
    };
    // The control only looks.
    size_t made_here = is_control ? 2 : 3;
    for (size_t j = 0; j < made_here; ++j)
        count("handle-looks-out", fd, perform(&calls[j], fd), refused);
    *made += 1 + (long)made_here;
}

static void reach(long fd, const char *path, long *made, long *refused) {
    static const uint64_t flags[] = {O_RDONLY, O_RDWR, O_RDONLY | O_NONBLOCK};
    enum { FLAGS = sizeof(flags) / sizeof(flags[0]), CALLS = 3 };
    for (size_t j = 0; j < FLAGS; ++j) {
        long opened = open_raw((int)fd, path, flags[j]);
        count("handle-leads-out", fd, opened, refused);
        RAW(__NR_close, opened);
    }
    const struct handle_call calls[CALLS] = {
        {__NR_unlinkat, P(path), 0, 0, 0},
        {__NR_renameat, P(path), READ_WRITE_FD, P("stolen"), 0},
        {__NR_linkat, P(path), READ_WRITE_FD, P("stolen"), 0},
    };
    for (size_t j = 0; j < CALLS && !is_control; ++j)
        count("handle-leads-out", fd, perform(&calls[j], fd), refused);
    *made += FLAGS + (is_control ? 0 : CALLS);
}

static void attack_present(const char *name, const char *const paths[], size_t count,
                           void (*attack)(long, const char *, long *, long *)) {
    long made = 0, refused = 0;
    for (long fd = AT_FDCWD; fd <= GRANTED; fd = fd == AT_FDCWD ? 0 : fd + 1)
        for (size_t i = 0; i < count; ++i)
            attack(fd, paths[i], &made, &refused);
    report_tally(name, made, refused, 0);
}

void attack_handles(void) {
    attack_absent();
    attack_present("handles-present", outside, OUTSIDE, reach);
    attack_present("handles-looking", outside, OUTSIDE, look);
    attack_present("handles-once-more", own, OWN, reach);
}
