// SPDX-License-Identifier: BSD-2-Clause
// Mappings, of nothing, of files and of shared memory.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

enum { LEN = 3 * 4096 };

static void anonymous(struct check *t) {
    char *memory = mmap(NULL, LEN, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    CHECK_INT(t, memory[LEN - 1], 0);
    memset(memory, 1, LEN);
    // A fixed mapping takes the place of what is there.
    CHECK(t, mmap(memory + 4096, 4096, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_FIXED, 77, 5) ==
                 memory + 4096);
    CHECK_INT(t, memory[4096], 0);
    CHECK_INT(t, memory[0], 1);
    CHECK_INT(t, mprotect(memory, LEN, PROT_READ), 0);
    CHECK_INT(t, mprotect(memory, LEN, PROT_READ | PROT_EXEC), 0);
    CHECK_INT(t, madvise(memory, LEN, MADV_WILLNEED), 0);
    CHECK_INT(t, posix_madvise(memory, LEN, POSIX_MADV_RANDOM), 0);
    CHECK_INT(t, munmap(memory, LEN), 0);
}

static void refused(struct check *t) {
    CHECK(t, mmap(NULL, LEN, PROT_WRITE | PROT_EXEC, MAP_ANON | MAP_PRIVATE, -1, 0) == MAP_FAILED);
    CHECK_INT(t, errno, ENOTSUP);
    CHECK(t, mmap(NULL, LEN, PROT_READ, MAP_ANON, -1, 0) == MAP_FAILED);
    CHECK_INT(t, errno, EINVAL);
    CHECK(t, mmap(NULL, 0, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0) == MAP_FAILED);
    CHECK_INT(t, errno, EINVAL);
    CHECK(t, mmap(NULL, LEN, PROT_READ, MAP_PRIVATE, 999, 0) == MAP_FAILED);
    CHECK_INT(t, errno, EBADF);
    // A bit that would get lost in the ABI's narrower type.
    CHECK(t, mmap(NULL, LEN, PROT_READ, MAP_ANON | MAP_PRIVATE | 0x100, -1, 0) == MAP_FAILED);
    CHECK_INT(t, errno, EINVAL);

    char *memory = mmap(NULL, LEN, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    CHECK_INT(t, mprotect(memory, LEN, PROT_WRITE | PROT_EXEC), -1);
    CHECK_INT(t, errno, ENOTSUP);
    CHECK_INT(t, mprotect(memory, LEN, 0x100), -1);
    CHECK_INT(t, errno, ENOTSUP);
    CHECK_INT(t, msync(memory, LEN, MS_SYNC | MS_ASYNC), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, posix_madvise(memory, LEN, 99), EINVAL);
    CHECK_INT(t, madvise(memory, LEN, 0x101), -1);
    CHECK_INT(t, errno, EINVAL);
    CHECK_INT(t, munmap(memory, LEN), 0);
}

static void advice_keeps_contents(struct check *t) {
    char *memory = mmap(NULL, LEN, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    memset(memory, 5, LEN);
    CHECK_INT(t, posix_madvise(memory, LEN, POSIX_MADV_DONTNEED), 0);
    CHECK_INT(t, memory[0], 5);
    CHECK_INT(t, memory[LEN - 1], 5);
    CHECK_INT(t, munmap(memory, LEN), 0);
}

static void of_a_file(struct check *t) {
    int dir = check_fd(t, "dir"), fd = openat(dir, "mapped", O_RDWR | O_CREAT, 0666);
    CHECK_REQUIRE(t, fd >= 0);
    CHECK_INT(t, ftruncate(fd, LEN), 0);
    char *shared = mmap(NULL, LEN, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    CHECK_REQUIRE(t, shared != MAP_FAILED);
    strlcpy(shared + 4096, "hello", 6);
    CHECK_INT(t, msync(shared, LEN, MS_SYNC), 0);
    char text[6] = "";
    CHECK_INT(t, pread(fd, text, 6, 4096), 6);
    CHECK_STR(t, text, "hello");
    char *private = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 4096);
    CHECK_REQUIRE(t, private != MAP_FAILED);
    private[0] = 'J';
    CHECK_STR(t, shared + 4096, "hello");
    CHECK_INT(t, close(fd), 0);
    CHECK_INT(t, munmap(private, 4096), 0);
    CHECK_INT(t, munmap(shared, LEN), 0);
}

static void read_only_stays_so(struct check *t) {
    int fd = check_fd(t, "in");
    CHECK_REQUIRE(t, fd >= 0);
    CHECK(t, mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
    CHECK_INT(t, errno, ENOTCAPABLE);
    char *memory = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    CHECK(t, memcmp(memory, "first line\n", 11) == 0);
    CHECK_INT(t, mprotect(memory, 4096, PROT_READ | PROT_WRITE), -1);
    CHECK_INT(t, munmap(memory, 4096), 0);
}

static void shared_memory(struct check *t) {
    int fd = memfd_create("name", MFD_CLOEXEC);
    CHECK_REQUIRE(t, fd >= 0);
    CHECK_INT(t, ftruncate(fd, LEN), 0);
    char *one = mmap(NULL, LEN, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    char *two = mmap(NULL, LEN, PROT_READ, MAP_SHARED, fd, 0);
    CHECK_REQUIRE(t, one != MAP_FAILED && two != MAP_FAILED);
    one[5000] = 9;
    CHECK_INT(t, two[5000], 9);
    CHECK_INT(t, munmap(one, LEN), 0);
    CHECK_INT(t, munmap(two, LEN), 0);
    CHECK_INT(t, close(fd), 0);
    CHECK_INT(t, memfd_create("name", 0x8000), -1);
    CHECK_INT(t, errno, EINVAL);
}

#define TESTS(X)                                                                                   \
    X(anonymous)                                                                                   \
    X(refused)                                                                                     \
    X(advice_keeps_contents)                                                                       \
    X(of_a_file)                                                                                   \
    X(read_only_stays_so)                                                                          \
    X(shared_memory)
CHECK_MAIN(TESTS)
