// SPDX-License-Identifier: BSD-2-Clause
// Attacks on a directory that was narrowed before somebody else got it.

#include "narrow.h"

enum { GRANTED_MAX = 8, PREFIX_MAX = 63, EXIT_CODE = 42 };

static char name_buffer[PREFIX_MAX + 33];
static size_t prefix;

static size_t append(size_t at, const char *text, size_t most) {
    for (size_t i = 0; text[i] != '\0' && i < most; ++i)
        name_buffer[at++] = text[i];
    name_buffer[at] = '\0';
    return at;
}

void narrow_name(const char *first, const char *second) {
    prefix = append(append(0, first, 31), second, 31);
}

static void verdict(const char *name, bool good, long result) {
    append(prefix, name, 31);
    report(name_buffer, good, result);
    if (result > GRANTED_MAX)
        RAW(__NR_close, result);
}

void refused(const char *name, long result) {
    verdict(name, result < 0, result);
}

void works(const char *name, long result) {
    verdict(name, result >= 0, result);
}

long attenuate(long fd, uint64_t base, uint64_t inheriting) {
    struct attenuation request = {O_CLOEXEC, 0, 0, base, inheriting};
    return RAW(__NR_openat2, fd, "", &request, sizeof(request));
}

long receive(int socket, int fds[RECEIVED_MAX]) {
    char byte;
    struct {
        void *bytes;
        size_t len;
    } part = {&byte, 1};
    struct {
        size_t len;
        int level, type, fds[RECEIVED_MAX];
    } control = {0};
    struct {
        void *name;
        unsigned name_len, pad;
        void *parts;
        size_t count;
        void *control;
        size_t control_len;
        unsigned flags, pad2;
    } message = {.parts = &part, .count = 1, .control = &control, .control_len = sizeof(control)};
    enum { CLOEXEC_RECEIVED = 0x40000000 };
    long got = RAW(__NR_recvmsg, socket, &message, CLOEXEC_RECEIVED);
    if (got != 1 || control.len < 16)
        return got < 0 ? got : 0;
    long count = (long)(control.len - 16) / 4;
    for (long i = 0; i < count; ++i)
        fds[i] = control.fds[i];
    return count;
}

void attack_above(long directory, int depth) {
    const char *marker = depth == 1 ? "../marker-1" : "../marker-2";
    char stat[256];
    works("file", open_raw((int)directory, "file", O_RDONLY));
    refused("above", open_raw((int)directory, marker, O_RDONLY));
    refused("link", open_raw((int)directory, "up", O_RDONLY));
    refused("stat-above", RAW(__NR_newfstatat, directory, marker, stat, 0));
    refused("rename-from-above", RAW(__NR_renameat, directory, marker, directory, "taken"));
    refused("link-from-above", RAW(__NR_linkat, directory, marker, directory, "taken", 0));
    refused("unlink-above", RAW(__NR_unlinkat, directory, marker, 0));
}

void attack_write(long directory) {
    static const long past[4] = {1000, 0, 1000, 0};
    refused("write", open_raw((int)directory, "file", O_RDWR));
    refused("truncate", open_raw((int)directory, "file", O_RDONLY | O_TRUNC));
    refused("create", open_raw((int)directory, "new", O_CREAT | O_WRONLY));
    refused("unlink", RAW(__NR_unlinkat, directory, "file", 0));
    refused("make", RAW(__NR_mkdirat, directory, "made", 0700));
    refused("times", RAW(__NR_utimensat, directory, "file", past, 0));
    long wide = attenuate(directory, ALL, ALL);
    refused("widen", open_raw((int)wide, "file", O_RDWR));
    RAW(__NR_close, wide);
}

static long binary;

static void execute(void) {
    static char *const none[] = {NULL};
    RAW(__NR_execveat, binary, EMPTY_PATH, none, none, AT_EMPTY_PATH);
    RAW(__NR_exit_group, 7);
}

void attack_execute(long directory) {
    binary = open_raw((int)directory, "binary", O_RDONLY);
    long status = in_child(execute);
    verdict("execute", binary >= 0 && status != EXIT_CODE, 0);
    RAW(__NR_close, binary);
}

void use_for_writing(long directory) {
    works("write", open_raw((int)directory, "file", O_RDWR));
    works("create", open_raw((int)directory, "made", O_CREAT | O_RDWR));
    works("rename", RAW(__NR_renameat, directory, "made", directory, "renamed"));
    works("unlink", RAW(__NR_unlinkat, directory, "renamed", 0));
}
