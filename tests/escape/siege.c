// SPDX-License-Identifier: BSD-2-Clause
// Requests that are meant to crash, block, exhaust or confuse whoever makes narrowed descriptors:
// the mounter in full mode, the supervisor in strict mode. After each it must still serve. At the
// end the program waits, so that test_siege.py can look at what serves it.

#include "narrow.h"

#include <linux/mman.h>

#include "crt.h"

enum { TREE_FD = 1, GATE_FD = 2, FORK_FLAGS = 0x01001011, KILL = 9, CROWD = 8 };

static long sub;

static bool serves(void) {
    long fd = attenuate(sub, LOOKING, LOOKING);
    long file = open_raw((int)fd, "file", O_RDONLY), above = open_raw((int)fd, "up", O_RDONLY);
    RAW(__NR_close, file);
    RAW(__NR_close, above);
    RAW(__NR_close, fd);
    return fd >= 0 && file >= 0 && above < 0;
}

static void turned_away(const char *name, long result) {
    report(name, result < 0 && serves(), result);
}

static long ask(const void *path, const void *request, long size) {
    return RAW(__NR_openat2, sub, path, request, size);
}

static void attack_pointers(void) {
    const struct attenuation good = {O_CLOEXEC, 0, 0, LOOKING, LOOKING};
    char *page = (char *)RAW(__NR_mmap, 0, 2 * 4096, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    RAW(__NR_munmap, page + 4096, 4096);
    char *hole = page + 4096;
    turned_away("request-unmapped", ask("", hole, sizeof(good)));
    turned_away("request-half-mapped", ask("", hole - 8, sizeof(good)));
    turned_away("request-in-the-kernel", ask("", (char *)~0xfffUL, sizeof(good)));
    turned_away("request-around-the-end", ask("", (char *)~0UL, sizeof(good)));
    turned_away("path-unmapped", ask(hole, &good, sizeof(good)));
    turned_away("path-in-the-kernel", ask((char *)~0xfffUL, &good, sizeof(good)));
    turned_away("too-small", ask("", &good, sizeof(good) - 1));
    turned_away("too-large", ask("", &good, sizeof(good) + 1));
    turned_away("much-too-large", ask("", &good, 1L << 62));
    // One that ends with the last byte before the hole is as good as any other.
    struct attenuation *last = (struct attenuation *)(void *)(hole - sizeof(good));
    *last = good;
    long fd = ask("", last, sizeof(good));
    report("before-a-hole", fd >= 0, fd);
    RAW(__NR_close, fd);
    RAW(__NR_munmap, page, 4096);
}

static void attack_values(void) {
    for (int bit = 0; bit < 64; ++bit) {
        struct attenuation request = {1UL << bit, 0, 0, LOOKING, LOOKING};
        if (request.flags == O_CLOEXEC)
            continue;
        long fd = ask("", &request, sizeof(request));
        request = (struct attenuation){0, 1UL << bit, 0, LOOKING, LOOKING};
        long other = ask("", &request, sizeof(request));
        request = (struct attenuation){0, 0, 1UL << bit, LOOKING, LOOKING};
        long third = ask("", &request, sizeof(request));
        if (fd >= 0 || other >= 0 || third >= 0)
            report("bits", false, bit);
    }
    report("bits", serves(), 0);
    // A right at a time, in either set: all of them work, none leads above.
    long bad = 0;
    for (int bit = 0; bit < 64; ++bit) {
        long fd = attenuate(sub, 1UL << bit, bit % 2 == 0 ? 0 : ALL);
        bad += fd >= 0 && open_raw((int)fd, "../marker-1", O_RDONLY) >= 0;
        RAW(__NR_close, fd);
    }
    report("a-right-at-a-time", bad == 0, bad);
}

static long start_process(int *pidfd) {
    int tid;
    return RAW(__NR_clone, FORK_FLAGS, 0, pidfd, &tid, 0);
}

static void stop_process(int pidfd) {
    RAW(__NR_pidfd_send_signal, pidfd, KILL, 0, 0);
    RAW(__NR_close, pidfd);
}

static void change_for_ever(volatile struct attenuation *request, volatile char *path) {
    for (uint64_t i = 0;; ++i) {
        request->flags = i % 3 == 0 ? ~0UL : O_CLOEXEC;
        request->mode = i % 5 == 0;
        request->base = request->inheriting = i % 2 == 0 ? ALL : LOOKING;
        *path = i % 7 == 0 ? '.' : '\0';
    }
}

// Whatever is read of a request that changes meanwhile: what comes of it does not lead above.
static void attack_changing(void) {
    char *shared =
        (char *)RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct attenuation *request = (struct attenuation *)(void *)(shared + 64);
    int pidfd = -1;
    long pid = start_process(&pidfd);
    if (pid == 0)
        change_for_ever(request, shared);
    long reached = 0, got = 0, end = now_ms() + 300;
    while (now_ms() < end) {
        long fd = ask(shared, request, sizeof(*request));
        long file = open_raw((int)fd, "file", O_RDONLY);
        got += fd >= 0 && file >= 0;
        reached += fd >= 0 && open_raw((int)fd, "../marker-1", O_RDONLY) >= 0;
        RAW(__NR_close, file);
        RAW(__NR_close, fd);
    }
    stop_process(pidfd);
    report("changing", pid > 0 && reached == 0 && got > 0 && serves(), reached);
    RAW(__NR_munmap, shared, 4096);
}

// Callers that die while they wait.
static void attack_dying(void) {
    long failed = 0;
    for (int i = 0; i < 100; ++i) {
        int pidfd = -1;
        long pid = start_process(&pidfd);
        while (pid == 0)
            RAW(__NR_close, attenuate(sub, ALL, ALL));
        for (int j = 0; j < i; ++j)
            RAW(__NR_sched_yield);
        failed += pid < 0 || !serves();
        stop_process(pidfd);
    }
    report("callers-die", failed == 0 && serves(), failed);
}

static void attack_crowd(void) {
    int pidfds[CROWD];
    long failed = 0, end = now_ms() + 300;
    for (int i = 0; i < CROWD; ++i) {
        long pid = start_process(&pidfds[i]);
        while (pid == 0)
            RAW(__NR_close, attenuate(sub, i % 2 == 0 ? ALL : LOOKING, LOOKING));
        failed += pid < 0;
    }
    while (now_ms() < end)
        failed += !serves();
    for (int i = 0; i < CROWD; ++i)
        stop_process(pidfds[i]);
    report("crowd", failed == 0 && serves(), failed);
}

static void ask_for_ever(void) {
    while (attenuate(sub, LOOKING, LOOKING) >= 0)
        ;
}

static void attack_flood(void) {
    long status = in_child(ask_for_ever);
    report("descriptors-run-out", status >= 0 && serves(), status);
}

// Each made of the one before.
static void attack_depth(void) {
    long fd = attenuate(sub, LOOKING, LOOKING), made = 0;
    while (fd >= 0 && made < 1000) {
        long next = attenuate(fd, LOOKING, LOOKING);
        RAW(__NR_close, fd);
        fd = next;
        ++made;
    }
    long file = open_raw((int)fd, "file", O_RDONLY), wide = attenuate(fd, ALL, ALL);
    long write = open_raw((int)wide, "file", O_RDWR);
    report("depth", file >= 0 && write < 0 && serves(), made);
    RAW(__NR_close, file);
    RAW(__NR_close, wide);
    RAW(__NR_close, fd);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    sub = open_raw(TREE_FD, "sub", O_RDONLY | O_DIRECTORY);
    attack_pointers();
    attack_values();
    attack_changing();
    attack_dying();
    attack_crowd();
    attack_flood();
    attack_depth();
    report("end", serves(), 0);
    char byte;
    RAW(__NR_read, GATE_FD, &byte, 1);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
