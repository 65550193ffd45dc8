// SPDX-License-Identifier: BSD-2-Clause
// Attenuation, in either mode: a subdirectory that is given away leads nowhere above it, and one
// that is given away for reading is not written. Against machine code; see test_divide.py.

#include "attack.h"

#include <cloudabi_types.h>

#include "../../runtime/sandbox/attenuate.h"
#include "crt.h"

enum { TREE_FD = 1, PEER_FD = 2, LAST_FD = 2 };

#define LOOKING                                                                                    \
    (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR | CLOUDABI_RIGHT_FD_READ |             \
     CLOUDABI_RIGHT_FILE_STAT_GET | CLOUDABI_RIGHT_FD_SEEK)
#define ALL (~(uint64_t)0)

static long attenuate(long fd, uint64_t base, uint64_t inheriting) {
    struct attenuation request = {O_CLOEXEC, 0, 0, base, inheriting};
    return RAW(__NR_openat2, fd, "", &request, sizeof(request));
}

static void refused(const char *name, long result) {
    report(name, result < 0, result);
    if (result > LAST_FD)
        RAW(__NR_close, result);
}

static void works(const char *name, long result) {
    report(name, result >= 0, result);
    if (result > LAST_FD)
        RAW(__NR_close, result);
}

static void attack_above(const char *const names[5], long directory) {
    char stat[256];
    works(names[0], open_raw((int)directory, "file", O_RDONLY));
    refused(names[1], open_raw((int)directory, "../marker", O_RDONLY));
    refused(names[2], open_raw((int)directory, "up", O_RDONLY));
    refused(names[3], RAW(__NR_newfstatat, directory, "../marker", stat, 0));
    refused(names[4], RAW(__NR_renameat, directory, "../marker", directory, "marker"));
}

static void attack_write(const char *const names[6], long directory) {
    static const long past[4] = {1000, 0, 1000, 0};
    refused(names[0], open_raw((int)directory, "file", O_RDWR));
    refused(names[1], open_raw((int)directory, "new", O_CREAT | O_WRONLY));
    refused(names[2], RAW(__NR_unlinkat, directory, "file", 0));
    refused(names[3], RAW(__NR_mkdirat, directory, "made", 0700));
    refused(names[4], RAW(__NR_utimensat, directory, "file", past, 0));
    long wide = attenuate(directory, ALL, ALL);
    refused(names[5], open_raw((int)wide, "file", O_RDWR));
    RAW(__NR_close, wide);
}

static void attack_reading(long sub) {
    static const char *const above[] = {"read-file", "read-above", "read-link", "read-stat-above",
                                        "read-rename"};
    static const char *const write[] = {"read-write", "read-create", "read-unlink",
                                        "read-make",  "read-times",  "read-widen"};
    static const char *const deeper_above[] = {"deeper-file", "deeper-above", "deeper-link",
                                               "deeper-stat-above", "deeper-rename"};
    static const char *const deeper_write[] = {"deeper-write", "deeper-create", "deeper-unlink",
                                               "deeper-make",  "deeper-times",  "deeper-widen"};
    long narrow = attenuate(sub, LOOKING, LOOKING);
    report("for-reading", narrow >= 0, narrow);
    attack_above(above, narrow);
    attack_write(write, narrow);
    long place = open_raw((int)narrow, "sub", O_RDONLY | O_DIRECTORY);
    long deeper = attenuate(place, ALL, ALL);
    report("again", deeper >= 0, deeper);
    attack_above(deeper_above, deeper);
    attack_write(deeper_write, deeper);
    RAW(__NR_close, deeper);
    RAW(__NR_close, place);
    RAW(__NR_close, narrow);
}

static void attack_writing(long sub) {
    static const char *const above[] = {"write-file", "write-above", "write-link",
                                        "write-stat-above", "write-rename"};
    long narrow = attenuate(sub, ALL, ALL);
    report("for-writing", narrow >= 0, narrow);
    attack_above(above, narrow);
    works("write-write", open_raw((int)narrow, "file", O_RDWR));
    works("write-create", open_raw((int)narrow, "made", O_CREAT | O_RDWR));
    works("write-unlink", RAW(__NR_unlinkat, narrow, "made", 0));
    RAW(__NR_close, narrow);
    // What it was made from has lost nothing.
    works("original", open_raw((int)sub, "file", O_RDWR));
}

struct message {
    void *name;
    unsigned name_len, pad;
    struct part {
        void *bytes;
        size_t len;
    } * parts;
    size_t count;
    void *control;
    size_t control_len;
    unsigned flags, pad2;
};

// From somebody outside, who knows of no sandbox: nobody granted it.
static void attack_received(void) {
    char byte;
    struct part part = {&byte, 1};
    struct {
        size_t len;
        int level, type, fd, pad;
    } control = {0};
    struct message message = {
        .parts = &part, .count = 1, .control = &control, .control_len = sizeof(control)};
    long got = RAW(__NR_recvmsg, PEER_FD, &message, 0x40000000);
    report("received", got == 1 && control.len == 20, got);
    refused("received-attenuate", attenuate(control.fd, ALL, ALL));
    RAW(__NR_close, control.fd);
}

static void attack_requests(long sub) {
    long request[5] = {0, 0, 0, ~0L, ~0L};
    refused("pointer", RAW(__NR_openat2, sub, "", 8, sizeof(request)));
    refused("path-pointer", RAW(__NR_openat2, sub, 8, request, sizeof(request)));
    refused("path", RAW(__NR_openat2, sub, "sub", request, sizeof(request)));
    refused("not-open", attenuate(99999, ALL, ALL));
    refused("negative", attenuate(-1, ALL, ALL));
    refused("working-directory", attenuate(AT_FDCWD, ALL, ALL));
    refused("stream", attenuate(PEER_FD, ALL, ALL));
    request[1] = 1;
    refused("mode", RAW(__NR_openat2, sub, "", request, sizeof(request)));
    request[1] = 0;
    request[0] = O_RDWR;
    refused("flags", RAW(__NR_openat2, sub, "", request, sizeof(request)));
    long failed = 0;
    for (int i = 0; i < 600; ++i) {
        long fd = attenuate(sub, LOOKING, LOOKING);
        failed += fd < 0;
        RAW(__NR_close, fd);
    }
    report("often", failed == 0, failed);
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    attack_begin();
    long sub = open_raw(TREE_FD, "sub", O_RDONLY | O_DIRECTORY);
    attack_reading(sub);
    attack_writing(sub);
    attack_received();
    attack_requests(sub);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
