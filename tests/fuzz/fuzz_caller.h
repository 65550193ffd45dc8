// SPDX-License-Identifier: BSD-2-Clause
// A caller that waits for its answer, for fuzzers of those who answer: its memory is an array, its
// descriptors are this process's from FDS on. To be included once, with FDS and FDS_MAX defined.
#ifndef FUZZ_CALLER_H
#define FUZZ_CALLER_H

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "require.h"

// Aborts if a descriptor must not be given to the caller.
static void check_given(int fd);

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

#define MEMORY UINT64_C(0x10000)
#define MEMORY_SIZE 8192

static uint8_t memory[MEMORY_SIZE], was_read[MEMORY_SIZE];
static size_t fd_count; // of the caller

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
    check_given(fd);
    if (fd_count == FDS_MAX) {
        errno = EMFILE;
        return -1;
    }
    int number = FDS + (int)fd_count++;
    require(dup2(fd, number) == number, "dup2");
    return number;
}

#endif
