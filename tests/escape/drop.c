// SPDX-License-Identifier: BSD-2-Clause
// A program that takes rights from its descriptors, as one does before it reads what strangers
// wrote, and then is taken over: it attacks the same descriptors by Linux calls of its own.

#include <asm/unistd_64.h>
#include <cloudabi_syscalls.h>
#include <cloudabi_types.h>
#include <linux/openat2.h>
#include <program.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_FD, TREE_FD, LOG_FD, O_RDONLY_ = 0, O_RDWR_ = 2, O_CREAT_ = 0100 };

#define READING (CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_SEEK)
#define WORKING                                                                                    \
    (READING | CLOUDABI_RIGHT_FD_WRITE | CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE |                      \
     CLOUDABI_RIGHT_FILE_STAT_FPUT_TIMES)
#define LOOKING (CLOUDABI_RIGHT_FILE_OPEN | CLOUDABI_RIGHT_FILE_READDIR)

static long raw(long number, long a, long b, long c, long d) {
    long result;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : "rcx", "r11", "memory");
    return result;
}

static void report(const char *name, bool good, long result) {
    dprintf(OUT_FD, "%s %s # %ld\n", good ? "ok" : "not ok", name, result);
}

static void need(cloudabi_errno_t error, const char *what) {
    if (error == 0)
        return;
    report(what, false, error);
    exit(1);
}

static cloudabi_fd_t open_there(const char *name, cloudabi_oflags_t flags) {
    cloudabi_fdstat_t wanted;
    need(cloudabi_sys_fd_stat_get(TREE_FD, &wanted), "stat-of-directory");
    wanted.fs_flags = 0;
    if (flags & CLOUDABI_O_DIRECTORY)
        wanted.fs_rights_base &= wanted.fs_rights_inheriting;
    else
        wanted.fs_rights_base = wanted.fs_rights_inheriting;
    cloudabi_fd_t fd;
    need(cloudabi_sys_file_open((cloudabi_lookup_t){.fd = TREE_FD}, name, strlen(name), flags,
                                &wanted, &fd),
         "open");
    return fd;
}

static void drop(cloudabi_fd_t fd, cloudabi_rights_t base, cloudabi_rights_t inheriting) {
    const cloudabi_fdstat_t less = {.fs_rights_base = base, .fs_rights_inheriting = inheriting};
    need(cloudabi_sys_fd_stat_put(fd, &less, CLOUDABI_FDSTAT_RIGHTS), "drop");
}

static char read_one(cloudabi_fd_t fd) {
    char byte = 0;
    const cloudabi_iovec_t part = {&byte, 1};
    size_t got;
    return cloudabi_sys_fd_read(fd, &part, 1, &got) == 0 && got == 1 ? byte : '\0';
}

static long write_raw(cloudabi_fd_t fd) {
    return raw(__NR_pwrite64, fd, (long)"c", 1, 0);
}

static void attack_file(void) {
    cloudabi_fd_t fd = open_there("file", 0);
    report("file-before", write_raw(fd) == 1 && read_one(fd) == 'c', 0);
    drop(fd, READING, 0);
    report("file-offset", read_one(fd) == 'o', 0);
    long result = write_raw(fd);
    report("file-write", result < 0, result);
    result = raw(__NR_ftruncate, fd, 8, 0, 0);
    report("file-truncate", result < 0, result);
    result = raw(__NR_utimensat, fd, 0, 0, 0);
    report("file-times", result < 0, result);
    drop(fd, CLOUDABI_RIGHT_FD_READ, 0);
    result = raw(__NR_lseek, fd, 2, 0, 0);
    report("file-seek", result < 0, result);
    report("file-offset-again", read_one(fd) == 'n', 0);
    cloudabi_sys_fd_close(fd);
}

// A copy shares the offset, and loses nothing: the kernel's object stays what it was.
static void attack_copied_file(void) {
    cloudabi_fd_t fd = open_there("file", 0), copy;
    need(cloudabi_sys_fd_dup(fd, &copy), "copy");
    drop(fd, READING, 0);
    char first = read_one(fd);
    report("copy-shares-offset", first == 'c' && read_one(copy) == 'o', first);
    const cloudabi_ciovec_t part = {"n", 1};
    size_t written;
    cloudabi_errno_t error = cloudabi_sys_fd_write(copy, &part, 1, &written);
    report("copy-writes", error == 0, error);
    error = cloudabi_sys_fd_write(fd, &part, 1, &written);
    report("copied-writes-by-the-vdso", error == CLOUDABI_ENOTCAPABLE, error);
    long result = write_raw(fd);
    report("copied-file-write", result < 0, result);
    cloudabi_sys_fd_close(fd);
    cloudabi_sys_fd_close(copy);
}

static long open_raw(cloudabi_fd_t directory, uint64_t flags) {
    struct open_how how = {.flags = flags, .mode = flags & O_CREAT_ ? 0600 : 0};
    long fd = raw(__NR_openat2, directory, (long)"file", (long)&how, sizeof how);
    if (fd >= 0)
        raw(__NR_close, fd, 0, 0, 0);
    return fd;
}

static void attack_directory(const char *prefix, cloudabi_fd_t fd) {
    char name[64];
    long results[] = {
        open_raw(fd, O_RDWR_),
        open_raw(fd, O_RDWR_ | O_CREAT_),
        raw(__NR_utimensat, fd, (long)"file", 0, 0),
        raw(__NR_mkdirat, fd, (long)"made", 0700, 0),
        raw(__NR_unlinkat, fd, (long)"made", 0x200, 0),
    };
    static const char *const names[] = {"open", "create", "times", "make", "remove"};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        snprintf(name, sizeof name, "%s-%s", prefix, names[i]);
        report(name, results[i] < 0, results[i]);
    }
    snprintf(name, sizeof name, "%s-read", prefix);
    long result = open_raw(fd, O_RDONLY_);
    report(name, result >= 0, result);
}

// What may be read and appended to can be looked at through a shared mapping, and not be changed.
static void use_log(void) {
    void *at = NULL, *other;
    cloudabi_errno_t error =
        cloudabi_sys_mem_map(NULL, 4096, CLOUDABI_PROT_READ, CLOUDABI_MAP_SHARED, LOG_FD, 0, &at);
    report("log-is-mapped", error == 0 && memcmp(at, "content", 7) == 0, error);
    error = cloudabi_sys_mem_protect(at, 4096, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE);
    report("log-is-not-unprotected", error == CLOUDABI_ENOTCAPABLE, error);
    error = cloudabi_sys_mem_map(NULL, 4096, CLOUDABI_PROT_READ | CLOUDABI_PROT_WRITE,
                                 CLOUDABI_MAP_SHARED, LOG_FD, 0, &other);
    report("log-is-not-mapped-for-writing", error == CLOUDABI_ENOTCAPABLE, error);
    const cloudabi_fdstat_t none = {0};
    error = cloudabi_sys_fd_stat_put(LOG_FD, &none, CLOUDABI_FDSTAT_FLAGS);
    report("log-stays-for-appending", error == CLOUDABI_ENOTCAPABLE, error);
    const cloudabi_ciovec_t part = {"+", 1};
    size_t written;
    error = cloudabi_sys_fd_pwrite(LOG_FD, &part, 1, 0, &written);
    report("log-is-appended-to", error == 0 && ((char *)at)[0] == 'c', error);
}

void program_main(const argdata_t *arguments) {
    (void)arguments;
    use_log();
    attack_file();
    attack_copied_file();
    cloudabi_fd_t fd = open_there(".", CLOUDABI_O_DIRECTORY), copy;
    need(cloudabi_sys_fd_dup(fd, &copy), "copy");
    drop(fd, LOOKING, READING);
    attack_directory("directory", fd);
    long result = open_raw(copy, O_RDWR_);
    report("directory-copy-loses-nothing", result >= 0, result);
    drop(TREE_FD, LOOKING, READING);
    attack_directory("grant", TREE_FD);
    exit(0);
}
