// SPDX-License-Identifier: BSD-2-Clause
// Fuzz target: the supervisor of strict mode, given any calls with any arguments over any memory.
// Whatever is asked, nothing outside the granted directory changes, nothing inside does without a
// right to it, what is handed out lies inside, nothing is read twice, and no descriptor stays open.
//
// An input is: rights of the directory (odd: reading only), number of calls, for each the call and
// six arguments (a kind and eight bytes), then the caller's memory.
#include "strict_world.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// In place of the thread that waits: its memory, descriptors and answers are below.
static ssize_t memory_read(pid_t tid, const struct iovec *to, unsigned long to_count,
                           const struct iovec *from, unsigned long from_count, unsigned long flags);
static ssize_t memory_write(int fd, const void *bytes, size_t length, off_t address);
static long descriptor(long number, ...);
static int answer(int fd, unsigned long request, void *argument);
static int memory_open(const char *name, int flags);

#define process_vm_readv memory_read
#define pwrite memory_write
#define syscall descriptor
#define ioctl answer
#define open memory_open
// NOLINTNEXTLINE(bugprone-suspicious-include)
#include "../../runtime/sandbox/strict/caller.c"
#undef process_vm_readv
#undef pwrite
#undef syscall
#undef ioctl
#undef open

#include "../../runtime/sandbox/strict/calls.h"

#define MEMORY UINT64_C(0x10000)
#define MEMORY_SIZE 8192
#define FDS 100 // the caller's descriptors are this process's from here on
#define FDS_MAX 8
#define CALLS_MAX 4

static uint8_t memory[MEMORY_SIZE], was_read[MEMORY_SIZE];
static size_t fd_count; // of the caller
static bool read_only;

static bool in_memory(uint64_t address, size_t length) {
    return address >= MEMORY && length <= MEMORY_SIZE && address - MEMORY <= MEMORY_SIZE - length;
}

static ssize_t memory_read(pid_t tid, const struct iovec *to, unsigned long to_count,
                           const struct iovec *from, unsigned long from_count,
                           unsigned long flags) {
    (void)tid, (void)flags;
    require(to_count == 1 && from_count == 1 && to->iov_len == from->iov_len, "one part");
    uint64_t address = (uintptr_t)from->iov_base;
    if (!in_memory(address, from->iov_len)) {
        errno = EFAULT;
        return -1;
    }
    for (size_t i = 0; i < from->iov_len; i++)
        require(was_read[address - MEMORY + i]++ < 2, "memory is read again and again");
    memcpy(to->iov_base, memory + (address - MEMORY), to->iov_len);
    return (ssize_t)to->iov_len;
}

static ssize_t memory_write(int fd, const void *bytes, size_t length, off_t address) {
    (void)fd;
    if (address < 0 || !in_memory((uint64_t)address, length)) {
        errno = EFAULT;
        return -1;
    }
    memcpy(memory + ((uint64_t)address - MEMORY), bytes, length);
    return (ssize_t)length;
}

static int memory_open(const char *name, int flags) {
    (void)name, (void)flags;
    return dup(STDIN_FILENO);
}

static long descriptor(long number, ...) {
    if (number == SYS_pidfd_open)
        return dup(STDIN_FILENO);
    require(number == SYS_pidfd_getfd, "an unknown way to the caller");
    va_list arguments;
    va_start(arguments, number);
    va_arg(arguments, int); // the thread
    int fd = va_arg(arguments, int);
    va_end(arguments);
    if (fd >= FDS && (size_t)(fd - FDS) < fd_count)
        return fcntl(fd, F_DUPFD_CLOEXEC, 0);
    errno = EBADF;
    return -1;
}

static int answer(int listener, unsigned long request, void *argument) {
    (void)listener;
    if (request == SECCOMP_IOCTL_NOTIF_ID_VALID)
        return 0;
    require(request == SECCOMP_IOCTL_NOTIF_ADDFD, "an unknown answer");
    int fd = (int)((const struct seccomp_notif_addfd *)argument)->srcfd;
    world_check_given(fd, read_only);
    if (fd_count == FDS_MAX) {
        errno = EMFILE;
        return -1;
    }
    int number = FDS + (int)fd_count++;
    require(dup2(fd, number) == number, "dup2");
    return number;
}

static uint64_t argument_of(uint8_t kind, uint64_t value) {
    switch (kind % 6) {
    case 0:
        return FDS + value % FDS_MAX;
    case 1:
        return MEMORY + value % MEMORY_SIZE;
    case 2:
        return value & 0xff;
    case 3:
        return value & 0xffffffff;
    case 4:
        return 24; // sizeof(struct open_how)
    default:
        return value;
    }
}

static int64_t (*const calls[])(const struct caller *) = {
    call_openat2,   call_mkdirat,    call_symlinkat,  call_renameat,  call_linkat,
    call_unlinkat,  call_newfstatat, call_readlinkat, call_utimensat, call_fcntl,
    call_ftruncate, call_fallocate,  call_getdents64,
};

static void perform(const uint8_t *bytes) {
    struct caller caller = {.listener = -1, .id = 1, .tid = getpid()};
    for (int i = 0; i < 6; i++) {
        uint64_t value;
        memcpy(&value, bytes + 2 + 9 * i, sizeof value);
        caller.arguments[i] = argument_of(bytes[1 + 9 * i], value);
    }
    memset(was_read, 0, sizeof was_read);
    unsigned number = bytes[0] % (sizeof calls / sizeof calls[0]);
    // What the filter lets through at all: F_SETFL with few flags, fallocate without a mode.
    if (calls[number] == call_fcntl) {
        caller.arguments[1] = F_SETFL;
        caller.arguments[2] &= O_APPEND | O_NONBLOCK;
    }
    int free_before = dup(STDIN_FILENO);
    close(free_before);
    int64_t result = calls[number](&caller);
    int free_after = dup(STDIN_FILENO);
    close(free_after);
    require(free_before == free_after, "a descriptor stays open");
    require(result == ANSWERED || result > -4096, "neither a result nor an error");
}

enum { CALL = 1 + 6 * 9 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 2)
        return -1;
    read_only = bytes[0] % 2 == 1;
    size_t count = 1 + bytes[1] % CALLS_MAX;
    if (length < 2 + count * CALL)
        return -1;
    size_t rest = length - 2 - count * CALL;
    memset(memory, 0, sizeof memory);
    memcpy(memory, bytes + 2 + count * CALL, rest < MEMORY_SIZE ? rest : MEMORY_SIZE);
    fd_count = world_open(FDS, read_only);
    for (size_t i = 0; i < count; i++)
        perform(bytes + 2 + i * CALL);
    for (size_t i = 0; i < fd_count; i++)
        close(FDS + (int)i);
    world_check(read_only);
    return 0;
}
