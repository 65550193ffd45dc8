// SPDX-License-Identifier: BSD-2-Clause
// Requests that are meant to crash, block or confuse the supervisor of strict mode. After each it
// must still serve.

#include "attack.h"

#include <linux/mman.h>

enum { BOTH_FD = 6, FORK_FLAGS = 0x01001011, KILL = 9 };

static bool serves(void) {
    long fd = open_raw(BOTH_FD, "file", O_RDONLY);
    RAW(__NR_close, fd);
    return fd >= 0;
}

static void refused(const char *name, long result) {
    report(name, result < 0 && serves(), result);
}

static char *page_before_a_hole(void) {
    char *pages = (char *)RAW(__NR_mmap, 0, 2 * 4096, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    RAW(__NR_munmap, pages + 4096, 4096);
    return pages;
}

static void attack_pointers(void) {
    struct open_how how = {.flags = O_RDONLY};
    char *page = page_before_a_hole();
    char *hole = page + 4096;
    refused("path-unmapped", RAW(__NR_openat2, BOTH_FD, hole, &how, sizeof(how)));
    refused("path-in-the-kernel", RAW(__NR_openat2, BOTH_FD, ~0xfffL, &how, sizeof(how)));
    refused("path-null", RAW(__NR_openat2, BOTH_FD, 0, &how, sizeof(how)));
    refused("how-unmapped", RAW(__NR_openat2, BOTH_FD, "file", hole, sizeof(how)));
    refused("how-half-mapped", RAW(__NR_openat2, BOTH_FD, "file", hole - 8, sizeof(how)));
    refused("how-too-small", RAW(__NR_openat2, BOTH_FD, "file", &how, 23));
    refused("how-too-large", RAW(__NR_openat2, BOTH_FD, "file", &how, 1L << 62));
    for (int i = 0; i < 4096; ++i)
        page[i] = 'a';
    refused("path-without-end", RAW(__NR_openat2, BOTH_FD, page, &how, sizeof(how)));
    refused("path-without-end-2", RAW(__NR_mkdirat, BOTH_FD, page + 4000, 0700));
    // One that ends with the last byte before the hole is as good as any other.
    static const char name[] = "file";
    for (size_t i = 0; i < sizeof(name); ++i)
        hole[(long)i - (long)sizeof(name)] = name[i];
    long fd = RAW(__NR_openat2, BOTH_FD, hole - sizeof(name), &how, sizeof(how));
    report("path-before-a-hole", fd >= 0, fd);
    RAW(__NR_close, fd);
    refused("stat-to-unmapped", RAW(__NR_newfstatat, BOTH_FD, "file", hole, 0));
    refused("stat-to-the-kernel", RAW(__NR_newfstatat, BOTH_FD, "file", ~0xfffL, 0));
    refused("link-to-unmapped", RAW(__NR_readlinkat, BOTH_FD, "link", hole, 100));
    refused("link-of-no-length", RAW(__NR_readlinkat, BOTH_FD, "link", page, 0));
    refused("entries-to-unmapped", RAW(__NR_getdents64, BOTH_FD, hole, 0xffffffff));
    refused("times-unmapped", RAW(__NR_utimensat, BOTH_FD, "file", hole, 0));
    RAW(__NR_munmap, page, 4096);
}

static void attack_numbers(void) {
    struct open_how how = {.flags = O_RDONLY};
    refused("descriptor-negative", RAW(__NR_openat2, -1, "file", &how, sizeof(how)));
    refused("descriptor-closed", RAW(__NR_openat2, 999999, "file", &how, sizeof(how)));
    refused("descriptor-working-directory", RAW(__NR_mkdirat, AT_FDCWD, "made", 0700));
    refused("descriptor-of-a-file", RAW(__NR_openat2, 4, "file", &how, sizeof(how)));
    refused("descriptor-of-a-stream", RAW(__NR_openat2, 0, "file", &how, sizeof(how)));
    how.flags = ~0UL;
    refused("flags-all", RAW(__NR_openat2, BOTH_FD, "file", &how, sizeof(how)));
    how.flags = O_RDWR | O_TMPFILE;
    refused("flags-unnamed", RAW(__NR_openat2, BOTH_FD, ".", &how, sizeof(how)));
    how = (struct open_how){.flags = O_RDONLY, .resolve = RESOLVE_IN_ROOT};
    refused("resolve-in-root", RAW(__NR_openat2, BOTH_FD, "/../file", &how, sizeof(how)));
    how = (struct open_how){.flags = O_RDONLY, .resolve = ~0UL};
    refused("resolve-all", RAW(__NR_openat2, BOTH_FD, "file", &how, sizeof(how)));
    long narrower[5] = {0, 0, 1, 0, 0};
    refused("narrow-resolve", RAW(__NR_openat2, BOTH_FD, "", narrower, sizeof(narrower)));
    narrower[2] = 0;
    refused("narrow-path", RAW(__NR_openat2, BOTH_FD, "sub", narrower, sizeof(narrower)));
    refused("narrow-unmapped", RAW(__NR_openat2, BOTH_FD, "", 0, sizeof(narrower)));
    refused("narrow-nobody", RAW(__NR_openat2, AT_FDCWD, "", narrower, sizeof(narrower)));
    refused("stat-flags", RAW(__NR_newfstatat, BOTH_FD, "file", (char[256]){0}, ~AT_EMPTY_PATH));
    refused("times-nonsense",
            RAW(__NR_utimensat, BOTH_FD, "file", ((long[]){0, 1L << 40, 0, -7}), 0));
}

static void change_for_ever(volatile char *path) {
    static const char inside[] = "sub/../file", outside[] = "sub/../../" PATH_SECRET;
    for (bool out = false;; out = !out)
        for (size_t i = 0; i < sizeof(outside); ++i)
            path[i] = out ? outside[i] : i < sizeof(inside) ? inside[i] : '\0';
}

// The path changes while it is read: what is opened is beneath all the same.
static void attack_changing_path(void) {
    char *path =
        (char *)RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int pidfd = -1, tid;
    long pid = RAW(__NR_clone, FORK_FLAGS, 0, &pidfd, &tid, 0);
    if (pid == 0)
        change_for_ever(path);
    long reached = 0, end = now_ms() + 500;
    while (now_ms() < end)
        reached += reaches_secret(BOTH_FD, path);
    RAW(__NR_pidfd_send_signal, pidfd, KILL, 0, 0);
    RAW(__NR_close, pidfd);
    report("path-changes", pid > 0 && reached == 0 && serves(), pid > 0 ? reached : pid);
}

// Callers that die while they wait for the answer.
static void attack_dying(void) {
    long failed = 0;
    for (int i = 0; i < 100; ++i) {
        int pidfd = -1, tid;
        long pid = RAW(__NR_clone, FORK_FLAGS, 0, &pidfd, &tid, 0);
        while (pid == 0)
            RAW(__NR_close, open_raw(BOTH_FD, "sub/../file", O_RDONLY));
        for (int j = 0; j < i; ++j)
            RAW(__NR_sched_yield);
        failed += pid < 0 || !serves();
        RAW(__NR_pidfd_send_signal, pidfd, KILL, 0, 0);
        RAW(__NR_close, pidfd);
    }
    report("callers-die", failed == 0 && serves(), failed);
}

static void open_all(void) {
    while (open_raw(BOTH_FD, "sub", O_PATH | O_DIRECTORY) >= 0 &&
           open_raw(BOTH_FD, "file", O_RDONLY) >= 0)
        ;
}

static void attack_flood(void) {
    long status = in_child(open_all);
    report("descriptors-run-out", status >= 0 && serves(), status);
}

// Nobody ever opens the other end.
static void attack_waiting(void) {
    long start = now_ms();
    long fd = open_raw(BOTH_FD, "pipe", O_RDONLY);
    report("pipe-without-writer", now_ms() - start < 5000 && serves(), fd);
    RAW(__NR_close, fd);
    refused("pipe-without-reader", open_raw(BOTH_FD, "pipe", O_WRONLY));
}

static void open_leased(void) {
    RAW(__NR_close, open_raw(BOTH_FD, "leased", O_WRONLY));
    RAW(__NR_exit_group, 0);
}

// As on a file system that does not answer: somebody holds a lease on the file, and does not give
// way. Where no lease was to be had, there is no such file.
static void attack_hanging(void) {
    enum { CALLS = 3 };
    struct {
        int fd;
        short events, revents;
    } ended[CALLS];
    char stat[256];
    if (RAW(__NR_newfstatat, BOTH_FD, "leased", stat, 0) < 0)
        return;
    int tid;
    for (int i = 0; i < CALLS; ++i) {
        ended[i].events = 1;
        if (RAW(__NR_clone, FORK_FLAGS, 0, &ended[i].fd, &tid, 0) == 0)
            open_leased();
    }
    long result = RAW(__NR_ppoll, ended, CALLS, ((long[]){0, 200000000}), 0, 8);
    report("calls-hang", result == 0, result);
    long start = now_ms();
    report("calls-hang-and-others-are-served", serves() && now_ms() - start < 5000, 0);
    for (int i = 0; i < CALLS; ++i) {
        RAW(__NR_pidfd_send_signal, ended[i].fd, KILL, 0, 0);
        RAW(__NR_close, ended[i].fd);
    }
}

void attack_requests(void) {
    attack_pointers();
    attack_numbers();
    attack_changing_path();
    attack_dying();
    attack_flood();
    attack_waiting();
    attack_hanging();
}
