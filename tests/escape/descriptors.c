// SPDX-License-Identifier: BSD-2-Clause
// Which descriptors there are, and what those that nobody granted, or granted for reading only, can
// be used for. One is hidden from the program's descriptor table: the loader's own file.

#include "attack.h"

#include <linux/mman.h>
#include <linux/uio.h>

#include "crt.h"

enum { LAST_FD = 65535, F_GETFD_ = 1, HIDDEN_FD = GRANTED };

static void attack_count(void) {
    long extra = 0;
    for (long fd = 0; fd <= LAST_FD; ++fd)
        if (RAW(__NR_fcntl, fd, F_GETFD_) >= 0 && fd >= GRANTED && fd != HIDDEN_FD)
            extra = fd;
    report("descriptors-beyond-the-granted", extra == 0, extra);
}

static const struct kernel_times { long access[2], modification[2]; } past = {{1000, 0}, {1000, 0}};

// A file that is open for reading: what can still be done to it.
static void attack_open_file(const char *const names[8], int fd) {
    struct iovec part = {"x", 1};
    REFUSED(names[0], __NR_writev, fd, &part, 1);
    REFUSED(names[1], __NR_ftruncate, fd, 0);
    REFUSED(names[2], __NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    REFUSED(names[3], __NR_utimensat, fd, 0, &past, 0);
    REFUSED(names[4], __NR_utimensat, fd, "", &past, AT_EMPTY_PATH);
    REFUSED(names[5], __NR_fchmod, fd, 0777);
    REFUSED(names[6], __NR_linkat, fd, "", READ_WRITE_FD, "stolen-file", AT_EMPTY_PATH);
    long up = open_raw(fd, "../" PATH_SECRET, O_RDONLY);
    report(names[7], up < 0, up);
}

static void execute(void) {
    static char *const none[] = {NULL};
    RAW(__NR_execveat, FILE_FD, EMPTY_PATH, none, none, AT_EMPTY_PATH);
    RAW(__NR_exit_group, 7);
}

static void attack_file_execution(void) {
    long status = in_child(execute);
    report("execute-granted-file", status == 7, status);
    REFUSED("map-granted-file-for-execution", __NR_mmap, 0, 4096, PROT_READ | PROT_EXEC,
            MAP_PRIVATE, FILE_FD, 0);
}

// What the kernel laid on the stack at exec lies above all frames. A page that is not there is
// found by the answer of a write.
static void attack_stack(void) {
    static const char wanted[] = "CLOUDABI_ESCAPE_CANARY";
    long memory = RAW(__NR_memfd_create, "", 1 | 8);
    bool found = false;
    long pages = 0;
    uintptr_t at = (uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)4095;
    for (; RAW(__NR_pwrite64, memory, at, 4096, 0) == 4096; at += 4096, ++pages)
        for (size_t i = 0; i < 4096 - sizeof(wanted) && !found; ++i) {
            size_t j = 0;
            while (wanted[j] != '\0' && ((volatile char *)at)[i + j] == wanted[j])
                ++j;
            found = wanted[j] == '\0';
        }
    RAW(__NR_close, memory);
    report("environment-of-the-launcher", pages > 0 && !found, pages);
}

void attack_descriptors(void) {
    attack_count();
    static const char *const file[] = {
        "write-granted-file",    "truncate-granted-file", "map-granted-file-for-writing",
        "times-of-granted-file", "times-by-empty-path",   "mode-of-granted-file",
        "name-for-granted-file", "up-from-granted-file",
    };
    static const char *const hidden[] = {
        "write-loader",
        "truncate-loader",
        "map-loader-for-writing",
        "times-of-loader",
        "times-of-loader-by-empty-path",
        "mode-of-loader",
        "name-for-loader",
        "up-from-loader",
    };
    attack_open_file(file, FILE_FD);
    attack_open_file(hidden, HIDDEN_FD);
    attack_file_execution();
    attack_stack();
}
