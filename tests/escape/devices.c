// SPDX-License-Identifier: BSD-2-Clause
// Opens whatever the granted directory holds: no device may be among what opens. With the argument
// `late` it waits until procfs has been mounted on `late` in it, and tries to use that.

#include "attack.h"

#include "crt.h"

enum { DIRECTORY_FD = 1, DEPTH = 2, TYPE_CHARACTER = 0020000, TYPE_BLOCK = 0060000 };

struct entry {
    uint64_t inode, offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

static bool is_device(int directory, const char *name) {
    struct {
        uint64_t dev, ino, nlink;
        uint32_t mode, rest[29];
    } stat = {0};
    RAW(__NR_newfstatat, directory, name, &stat, AT_SYMLINK_NOFOLLOW);
    uint32_t type = stat.mode & 0170000;
    return type == TYPE_CHARACTER || type == TYPE_BLOCK;
}

static void try_device(int directory, const char *name) {
    static const uint64_t flags[] = {O_RDONLY | O_NONBLOCK, O_WRONLY | O_NONBLOCK,
                                     O_RDWR | O_NONBLOCK | O_NOCTTY};
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); ++i) {
        long fd = open_raw(directory, name, flags[i]);
        report(name, fd < 0, fd);
        RAW(__NR_close, fd);
    }
}

static void search(int directory, int depth) {
    char entries[4096];
    for (long len; (len = RAW(__NR_getdents64, directory, entries, sizeof(entries))) > 0;)
        for (long at = 0; at < len;) {
            struct entry *entry = (struct entry *)(entries + at);
            at += entry->length;
            if (entry->name[0] == '.')
                continue;
            if (is_device(directory, entry->name))
                try_device(directory, entry->name);
            long below = depth < DEPTH ? open_raw(directory, entry->name,
                                                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK)
                                       : -1;
            if (below >= 0)
                search((int)below, depth + 1);
            RAW(__NR_close, below);
        }
}

static void try_late(void) {
    static const char *const paths[] = {
        "late/version",
        "late/self",
        "late/self/root/etc/passwd",
        "late/1/root",
        "late/1/fd",
        "late/self/mem",
        "late/self/../1/status",
        "late/sys/kernel/core_pattern",
        "late/1/fd/0",
        "late/self/cwd",
        "late/thread-self/root",
        "late/self/ns/user",
    };
    char stat[256];
    report("ready", true, 0);
    while (RAW(__NR_newfstatat, DIRECTORY_FD, "go", stat, 0) != 0)
        sleep_ms(5);
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); ++i) {
        long fd = open_raw(DIRECTORY_FD, paths[i], O_RDONLY);
        report(paths[i], fd < 0, fd);
        RAW(__NR_close, fd);
        fd = RAW(__NR_newfstatat, DIRECTORY_FD, paths[i], stat, 0);
        report(paths[i], fd < 0, fd);
        fd = RAW(__NR_readlinkat, DIRECTORY_FD, paths[i], stat, sizeof(stat));
        report(paths[i], fd < 0, fd);
    }
}

_Noreturn void _start(const cloudabi_auxv_t *auxv) {
    struct crt_auxv info;
    __crt_auxv_read(&info, auxv);
    __crt_relocate(&info);
    if (is_argument(&info, "late"))
        try_late();
    else
        search(DIRECTORY_FD, 0);
    RAW(__NR_exit_group, 0);
    __builtin_unreachable();
}
