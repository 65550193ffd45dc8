// SPDX-License-Identifier: BSD-2-Clause
// Each right of the ABI: what it allows is done with a descriptor that has it, and with one that
// has all but it. Where the vDSO alone keeps a right the attack gets through; test_rights.py knows.

#include "attack.h"

#include <linux/fadvise.h>
#include <linux/mman.h>
#include <linux/poll.h>

#include <cloudabi_types.h>

enum { EXEC_FD = 3, BOTH_FD = 6, LOG_FD = 8, CONNECTABLE_FD };
enum { F_SETFL_ = 4, SEEK_SET_ = 0, SEEK_CUR_, SEEK_END_, FORK_FLAGS = 0x01001011 };
#define ALL (~UINT64_C(0))

long attenuate(int fd, uint64_t base, uint64_t inheriting);

static const long past[4] = {1000, 0, 1000, 0};

static void refused(const char *name, long result) {
    report(name, result < 0, result);
    if (result > CONNECTABLE_FD)
        RAW(__NR_close, result);
}

static void works(const char *name, long result) {
    report(name, result >= 0, result);
    if (result > CONNECTABLE_FD)
        RAW(__NR_close, result);
}

static long advise(long fd) {
    return RAW(__NR_fadvise64, fd, 0, 0, POSIX_FADV_NORMAL);
}

static long set_flags(long fd) {
    return RAW(__NR_fcntl, fd, F_SETFL_, 0);
}

static long read_some(long fd) {
    char byte;
    return RAW(__NR_read, fd, &byte, 1);
}

static long write_some(long fd) {
    return RAW(__NR_write, fd, "c", 1);
}

static long truncate(long fd) {
    return RAW(__NR_ftruncate, fd, 8);
}

static long allocate(long fd) {
    return RAW(__NR_fallocate, fd, 0, 0, 8);
}

static long synchronise(long fd) {
    return RAW(__NR_fsync, fd);
}

static long synchronise_data(long fd) {
    return RAW(__NR_fdatasync, fd);
}

static long seek(long fd) {
    return RAW(__NR_lseek, fd, 3, SEEK_SET_);
}

static long seek_to_end(long fd) {
    return RAW(__NR_lseek, fd, 0, SEEK_END_);
}

static long tell(long fd) {
    return RAW(__NR_lseek, fd, 0, SEEK_CUR_);
}

static long set_times(long fd) {
    return RAW(__NR_utimensat, fd, 0, past, 0);
}

static long set_times_by_empty_path(long fd) {
    return RAW(__NR_utimensat, fd, "", past, AT_EMPTY_PATH);
}

// What is learned beyond the kind of file, in bytes.
static long look(long fd) {
    union {
        unsigned char bytes[144];
        unsigned words[36];
    } stat = {{0}};
    long result = RAW(__NR_fstat, fd, &stat);
    if (result < 0)
        return result;
    stat.words[6] &= 07777; // st_mode
    for (size_t i = 0; i < sizeof(stat); ++i)
        result += stat.bytes[i] != 0;
    return result > 0 ? result : -1;
}

static long look_by_empty_path(long fd) {
    char stat[144];
    return RAW(__NR_newfstatat, fd, "", stat, AT_EMPTY_PATH);
}

static void on_file(const char *with, const char *without, uint64_t right, long (*act)(long fd)) {
    long file = open_raw(BOTH_FD, "file", O_RDWR);
    works(with, act(file));
    long narrow = attenuate((int)file, ~right, 0), result = act(narrow);
    report(without, narrow >= 0 && result < 0, result);
    RAW(__NR_close, narrow);
    RAW(__NR_close, file);
}
#define ON_FILE(name, right, act)                                                                  \
    on_file("with-" name, "without-" name, CLOUDABI_RIGHT_##right, act)

static void attack_files(void) {
    ON_FILE("fd_datasync", FD_DATASYNC, synchronise_data);
    ON_FILE("fd_read", FD_READ, read_some);
    ON_FILE("fd_seek", FD_SEEK, seek);
    ON_FILE("fd_seek.end", FD_SEEK, seek_to_end);
    ON_FILE("fd_stat_put_flags", FD_STAT_PUT_FLAGS, set_flags);
    ON_FILE("fd_sync", FD_SYNC, synchronise);
    ON_FILE("fd_tell", FD_TELL | CLOUDABI_RIGHT_FD_SEEK, tell);
    ON_FILE("fd_write", FD_WRITE, write_some);
    ON_FILE("file_advise", FILE_ADVISE, advise);
    ON_FILE("file_allocate", FILE_ALLOCATE, allocate);
    ON_FILE("file_stat_fget", FILE_STAT_FGET, look);
    ON_FILE("file_stat_fget.path", FILE_STAT_FGET, look_by_empty_path);
    ON_FILE("file_stat_fput_size", FILE_STAT_FPUT_SIZE, truncate);
    ON_FILE("file_stat_fput_times", FILE_STAT_FPUT_TIMES, set_times);
    ON_FILE("file_stat_fput_times.path", FILE_STAT_FPUT_TIMES, set_times_by_empty_path);
}

static long make_directory(long fd) {
    long result = RAW(__NR_mkdirat, fd, "made", 0700);
    RAW(__NR_unlinkat, BOTH_FD, "made", 0x200);
    return result;
}

static long make_file(long fd) {
    long made = open_raw((int)fd, "made", O_CREAT | O_EXCL | O_WRONLY);
    RAW(__NR_close, made);
    RAW(__NR_unlinkat, BOTH_FD, "made", 0);
    return made;
}

static long link_from(long fd) {
    long result = RAW(__NR_linkat, fd, "file", BOTH_FD, "made", 0);
    RAW(__NR_unlinkat, BOTH_FD, "made", 0);
    return result;
}

static long link_to(long fd) {
    long result = RAW(__NR_linkat, BOTH_FD, "file", fd, "made", 0);
    RAW(__NR_unlinkat, BOTH_FD, "made", 0);
    return result;
}

static long rename_from(long fd) {
    long result = RAW(__NR_renameat, fd, "file", BOTH_FD, "made");
    RAW(__NR_renameat, BOTH_FD, "made", BOTH_FD, "file");
    return result;
}

static long rename_to(long fd) {
    long result = RAW(__NR_renameat, BOTH_FD, "file", fd, "made");
    RAW(__NR_renameat, BOTH_FD, "made", BOTH_FD, "file");
    return result;
}

static long make_link(long fd) {
    long result = RAW(__NR_symlinkat, "file", fd, "made");
    RAW(__NR_unlinkat, BOTH_FD, "made", 0);
    return result;
}

static long unlink(long fd) {
    RAW(__NR_symlinkat, "file", BOTH_FD, "made");
    long result = RAW(__NR_unlinkat, fd, "made", 0);
    RAW(__NR_unlinkat, BOTH_FD, "made", 0);
    return result;
}

static long entries(long fd) {
    char buffer[2048];
    return RAW(__NR_getdents64, fd, buffer, sizeof(buffer));
}

static long read_link(long fd) {
    char target[100];
    return RAW(__NR_readlinkat, fd, "link", target, sizeof(target));
}

static long look_below(long fd) {
    char stat[144];
    return RAW(__NR_newfstatat, fd, "file", stat, 0);
}

static long set_times_below(long fd) {
    return RAW(__NR_utimensat, fd, "file", past, 0);
}

static long open_below(long fd) {
    long file = open_raw((int)fd, "file", O_RDONLY);
    RAW(__NR_close, file);
    return file;
}

static void in_directory(const char *with, const char *without, uint64_t right,
                         long (*act)(long fd)) {
    long directory = open_raw(BOTH_FD, ".", O_RDONLY | O_DIRECTORY);
    works(with, act(directory));
    long narrow = attenuate((int)directory, ~right, ALL), result = act(narrow);
    report(without, narrow >= 0 && result < 0, result);
    RAW(__NR_close, narrow);
    RAW(__NR_close, directory);
}
#define IN_DIRECTORY(name, right, act)                                                             \
    in_directory("with-" name, "without-" name, CLOUDABI_RIGHT_##right, act)

static void attack_directories(void) {
    IN_DIRECTORY("file_create_directory", FILE_CREATE_DIRECTORY, make_directory);
    IN_DIRECTORY("file_create_file", FILE_CREATE_FILE, make_file);
    IN_DIRECTORY("file_link_source", FILE_LINK_SOURCE, link_from);
    IN_DIRECTORY("file_link_target", FILE_LINK_TARGET, link_to);
    IN_DIRECTORY("file_open", FILE_OPEN, open_below);
    IN_DIRECTORY("file_readdir", FILE_READDIR, entries);
    IN_DIRECTORY("file_readlink", FILE_READLINK | CLOUDABI_RIGHT_FILE_LINK_SOURCE, read_link);
    IN_DIRECTORY("file_rename_source", FILE_RENAME_SOURCE, rename_from);
    IN_DIRECTORY("file_rename_target", FILE_RENAME_TARGET, rename_to);
    IN_DIRECTORY("file_stat_get", FILE_STAT_GET, look_below);
    IN_DIRECTORY("file_stat_get.itself", FILE_STAT_GET | CLOUDABI_RIGHT_FILE_STAT_FGET, look);
    IN_DIRECTORY("file_stat_put_times", FILE_STAT_PUT_TIMES, set_times_below);
    IN_DIRECTORY("file_symlink", FILE_SYMLINK, make_link);
    IN_DIRECTORY("file_unlink", FILE_UNLINK, unlink);
}

// What is opened through a directory has no more than its inheriting rights.
static void inherited(const char *name, uint64_t right, uint64_t flags) {
    long narrow = attenuate(BOTH_FD, ALL, ~right);
    long file = open_raw((int)narrow, "file", flags);
    report(name, narrow >= 0 && file < 0, file);
    RAW(__NR_close, file);
    RAW(__NR_close, narrow);
}

static void attack_inherited(void) {
    works("with-all.inherited", open_raw(BOTH_FD, "file", O_RDWR | O_SYNC));
    inherited("without-fd_read.inherited", CLOUDABI_RIGHT_FD_READ, O_RDONLY);
    inherited("without-fd_write.inherited", CLOUDABI_RIGHT_FD_WRITE, O_WRONLY);
    inherited("without-fd_seek.inherited", CLOUDABI_RIGHT_FD_SEEK, O_WRONLY);
    inherited("without-fd_sync.inherited", CLOUDABI_RIGHT_FD_SYNC, O_RDONLY | O_SYNC);
    inherited("without-fd_datasync.inherited", CLOUDABI_RIGHT_FD_SYNC | CLOUDABI_RIGHT_FD_DATASYNC,
              O_RDONLY | O_DSYNC);
    inherited("without-file_stat_fput_size.inherited", CLOUDABI_RIGHT_FILE_STAT_FPUT_SIZE,
              O_WRONLY | O_TRUNC);
}

static void execute(void) {
    static char *const none[] = {NULL};
    long file = open_raw(BOTH_FD, "binary", O_RDONLY);
    RAW(__NR_execveat, file, EMPTY_PATH, none, none, AT_EMPTY_PATH);
    RAW(__NR_exit_group, file >= 0 ? 7 : 1);
}

static void attack_unmarked(void) {
    // Nobody can take rights from these, so who holds one has what Linux gives.
    refused("lose-sock_accept", attenuate(CONNECTABLE_FD, ~CLOUDABI_RIGHT_SOCK_ACCEPT, ALL));
    RAW(__NR_fcntl, CONNECTABLE_FD, F_SETFL_, O_NONBLOCK);
    long result = RAW(__NR_accept4, CONNECTABLE_FD, 0, 0, O_CLOEXEC);
    report("without-sock_accept", result < 0 && result != -EAGAIN, result);
    int pair[2], pidfd = -1, tid;
    RAW(__NR_socketpair, 1, 1, 0, pair);
    refused("lose-sock_shutdown", attenuate(pair[0], ~CLOUDABI_RIGHT_SOCK_SHUTDOWN, ALL));
    refused("without-sock_shutdown", RAW(__NR_shutdown, pair[0], 1));
    long pid = RAW(__NR_clone, FORK_FLAGS, 0, &pidfd, &tid, 0);
    if (pid == 0)
        RAW(__NR_exit_group, 0);
    struct pollfd poll = {.fd = pidfd, .events = POLLIN};
    refused("lose-poll_proc_terminate", attenuate(pidfd, 0, 0));
    refused("without-poll_proc_terminate", RAW(__NR_ppoll, &poll, 1, ((long[]){5, 0}), 0, 8));
    RAW(__NR_close, pidfd);
    RAW(__NR_close, pair[0]);
    RAW(__NR_close, pair[1]);
}

static void attack_what_the_vdso_keeps(void) {
    char byte;
    long file = open_raw(BOTH_FD, "file", O_RDONLY);
    long narrow = attenuate((int)file, CLOUDABI_RIGHT_FD_READ, 0);
    refused("without-fd_seek.at-an-offset", RAW(__NR_pread64, narrow, &byte, 1, 3));
    long at = RAW(__NR_mmap, 0, 4096, PROT_READ, MAP_PRIVATE, narrow, 0);
    report("without-mem_map", at < 0, at);
    at = RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, narrow, 0);
    report("without-mem_map_exec", at < 0, at);
    struct pollfd poll = {.fd = (int)narrow, .events = POLLIN};
    refused("without-poll_fd_readwrite", RAW(__NR_ppoll, &poll, 1, ((long[]){0, 0}), 0, 8));
    RAW(__NR_close, narrow);
    RAW(__NR_close, file);
    attack_unmarked();
}

// A thread that does nothing, so that its process has two.
static void start_thread(void) {
    static char stack[4096] __attribute__((aligned(16)));
    static int tid;
    long result;
    register long child_tid __asm__("r10") = (long)&tid;
    register long tls __asm__("r8") = (long)stack;
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n"
                     "0:\tmov %3, %%eax\n\tsyscall\n\tjmp 0b\n1:"
                     : "=a"(result)
                     : "0"((long)__NR_clone), "D"(0x3d0f00L), "i"(__NR_sched_yield),
                       "S"(stack + sizeof(stack)), "d"(&tid), "r"(child_tid), "r"(tls)
                     : "rcx", "r11", "memory");
    if (result < 0)
        RAW(__NR_exit_group, 1);
}

// The thread could put the log on the number meanwhile.
static void map_beside_a_thread(void) {
    long memory = RAW(__NR_memfd_create, "", 1 | 8);
    RAW(__NR_ftruncate, memory, 4096);
    start_thread();
    long at = RAW(__NR_mmap, 0, 4096, PROT_READ, MAP_SHARED, memory, 0);
    RAW(__NR_exit_group, at < 0 ? 7 : 0);
}

static void attack_reading_and_appending(void) {
    char byte;
    works("log-read", RAW(__NR_pread64, LOG_FD, &byte, 1, 0));
    works("log-append", RAW(__NR_pwrite64, LOG_FD, "+", 1, 0));
    refused("log-clear-flag", RAW(__NR_fcntl, LOG_FD, F_SETFL_, 0));
    refused("log-truncate", RAW(__NR_ftruncate, LOG_FD, 0));
    refused("log-map", RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, LOG_FD, 0));
    refused("log-map-to-protect", RAW(__NR_mmap, 0, 4096, PROT_READ, MAP_SHARED, LOG_FD, 0));
    refused("log-map-nothing", RAW(__NR_mmap, 0, 4096, 0, MAP_SHARED, LOG_FD, 0));
    refused("log-map-validated", RAW(__NR_mmap, 0, 4096, PROT_READ, 3, LOG_FD, 0));
    refused("log-map-fixed",
            RAW(__NR_mmap, 0x700000, 4096, PROT_READ, MAP_SHARED | MAP_FIXED, LOG_FD, 0));
    long status = in_child(map_beside_a_thread);
    report("log-map-beside-a-thread", status == 7, status);
    long memory = RAW(__NR_memfd_create, "", 1 | 8);
    RAW(__NR_ftruncate, memory, 4096);
    works("log-map-memory", RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0));
    RAW(__NR_close, memory);
    long narrow = attenuate(LOG_FD, CLOUDABI_RIGHT_FD_READ | CLOUDABI_RIGHT_FD_WRITE, 0);
    refused("log-map-narrow",
            RAW(__NR_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, narrow, 0));
    RAW(__NR_close, narrow);
}

void attack_each_right(void) {
    attack_files();
    attack_directories();
    attack_inherited();
    long status = in_child(execute);
    report("without-proc_exec", status == 7, status);
    attack_what_the_vdso_keeps();
    attack_reading_and_appending();
}
