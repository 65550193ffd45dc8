// SPDX-License-Identifier: BSD-2-Clause
// The one address that execveat is allowed to take a path from. Another path's error would tell
// whether it leads to something, anywhere on the machine; so nothing may come to stand there.

#include "attack.h"

#include <linux/mman.h>

enum { HUGE = 2 << 20 };

static void attack_page(void) {
    enum { OVER = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED };
    REFUSED("empty-path-unmap", __NR_munmap, EMPTY_PATH, 4096);
    REFUSED("empty-path-unmap-around", __NR_munmap, EMPTY_PATH - 4096, HUGE);
    REFUSED("empty-path-map-over", __NR_mmap, EMPTY_PATH, 4096, PROT_READ | PROT_WRITE, OVER, -1,
            0);
    REFUSED("empty-path-map-around", __NR_mmap, EMPTY_PATH - 4096, HUGE, PROT_READ | PROT_WRITE,
            OVER, -1, 0);
    REFUSED("empty-path-map-file-over", __NR_mmap, EMPTY_PATH, 4096, PROT_READ,
            MAP_PRIVATE | MAP_FIXED, FILE_FD, 0);
    REFUSED("empty-path-protect", __NR_mprotect, EMPTY_PATH, 4096, PROT_READ | PROT_WRITE);
    REFUSED("empty-path-protect-around", __NR_mprotect, EMPTY_PATH, 2 * 4096,
            PROT_READ | PROT_WRITE);
    REFUSED("empty-path-move", __NR_mremap, EMPTY_PATH, 4096, 4096, 3 /* to a place */, 0x900000);
    REFUSED("empty-path-pages", __NR_remap_file_pages, EMPTY_PATH, 4096, 0, 0, 0);
    long got = RAW(__NR_pread64, FILE_FD, EMPTY_PATH, 1, 0);
    report("empty-path-read-into", got < 0, got);
    report("empty-path-is-empty", *(volatile char *)EMPTY_PATH == '\0', 0);
}

static void change(void) {
    long result = RAW(__NR_munmap, EMPTY_PATH, 4096);
    RAW(__NR_exit_group, result < 0 ? 7 : 0);
}

void attack_empty_path(void) {
    attack_page();
    long status = in_child(change);
    report("empty-path-in-a-fork", status == 7, status);
    // What exists is told from what does not by the error alone, so the same one is wanted.
    long there = RAW(__NR_execveat, AT_FDCWD, "/etc/passwd", 0, 0, AT_EMPTY_PATH);
    long missing = RAW(__NR_execveat, AT_FDCWD, "/etc/no such", 0, 0, AT_EMPTY_PATH);
    report("execveat-tells-what-exists", there == missing, there);
    REFUSED("execveat-path", __NR_execveat, AT_FDCWD, "/bin/sh", 0, 0, AT_EMPTY_PATH);
    REFUSED("execveat-path-without-flag", __NR_execveat, AT_FDCWD, "/bin/sh", 0, 0, 0);
    REFUSED("execveat-empty-without-flag", __NR_execveat, FILE_FD, EMPTY_PATH, 0, 0, 0);
}
