// SPDX-License-Identifier: BSD-2-Clause
// Flags of memory and of random numbers.

#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "../files.h"
#include "families.h"

static void flags_can_be_combined(struct check *t) {
    static const struct named protection[] = {NAMED(PROT_READ), NAMED(PROT_WRITE),
                                              NAMED(PROT_EXEC)};
    static const struct named mapping[] = {NAMED(MAP_ANON), NAMED(MAP_FIXED), NAMED(MAP_PRIVATE),
                                           NAMED(MAP_SHARED)};
    static const struct named syncing[] = {NAMED(MS_ASYNC), NAMED(MS_SYNC), NAMED(MS_INVALIDATE)};
    static const struct named random[] = {NAMED(GRND_NONBLOCK), NAMED(GRND_RANDOM),
                                          NAMED(GRND_INSECURE)};
    CHECK_DISJOINT(t, protection);
    CHECK_DISJOINT(t, mapping);
    CHECK_DISJOINT(t, syncing);
    CHECK_DISJOINT(t, random);
    CHECK_INT(t, PROT_NONE, 0);
    CHECK_INT(t, MAP_ANONYMOUS, MAP_ANON);
    CHECK_INT(t, MAP_FILE, 0);
}

static void mappings(struct check *t) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    memory[0] = 'x';
    CHECK(t, mmap(memory, page, PROT_READ, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0) == memory);
    CHECK_INT(t, memory[0], 0);
    CHECK_INT(t, mprotect(memory, page, PROT_NONE), 0);
    CHECK_INT(t, munmap(memory, page), 0);
    CHECK(t, mmap(NULL, page, PROT_READ, MAP_PRIVATE, closed(check_fd(t, "in")), 0) == MAP_FAILED);
}

// What is written to a shared mapping is seen through another one; to a private one, it is not.
static void sharing(struct check *t) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int fd = memfd_create("shared", MFD_CLOEXEC), both = PROT_READ | PROT_WRITE;
    CHECK_REQUIRE(t, fd >= 0 && ftruncate(fd, (off_t)page) == 0);
    char *shared = mmap(NULL, page, both, MAP_FILE | MAP_SHARED, fd, 0);
    char *other = mmap(NULL, page, PROT_READ, MAP_SHARED, fd, 0);
    char *own = mmap(NULL, page, both, MAP_PRIVATE, fd, 0);
    CHECK_REQUIRE(t, shared != MAP_FAILED && other != MAP_FAILED && own != MAP_FAILED);
    own[1] = shared[0] = 'x';
    CHECK_INT(t, other[0], 'x');
    CHECK_INT(t, other[1], 0);
    CHECK_INT(t, msync(shared, page, MS_SYNC), 0);
    CHECK_INT(t, msync(shared, page, MS_ASYNC), 0);
    CHECK_INT(t, msync(shared, page, MS_SYNC | MS_INVALIDATE), 0);
    CHECK_INT(t, munmap(shared, page) | munmap(other, page) | munmap(own, page) | close(fd), 0);
}

static void advice(struct check *t) {
    static const struct named known[] = {
        NAMED(POSIX_MADV_NORMAL),   NAMED(POSIX_MADV_RANDOM),   NAMED(POSIX_MADV_SEQUENTIAL),
        NAMED(POSIX_MADV_WILLNEED), NAMED(POSIX_MADV_DONTNEED),
    };
    static const int names_of_bsd[] = {MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED,
                                       MADV_DONTNEED};
    CHECK_DISTINCT(t, known);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    memory[0] = 'x';
    for (size_t i = 0; i < COUNT(known); ++i) {
        check_context(t, known[i].name);
        CHECK_INT(t, posix_madvise(memory, page, (int)known[i].value), 0);
        CHECK_INT(t, madvise(memory, page, names_of_bsd[i]), 0);
        CHECK_INT(t, memory[0], 'x');
    }
    CHECK_INT(t, munmap(memory, page), 0);
}

static void random_numbers(struct check *t) {
    static const unsigned flags[] = {0, GRND_NONBLOCK, GRND_RANDOM, GRND_INSECURE};
    char bytes[8];
    for (size_t i = 0; i < COUNT(flags); ++i)
        CHECK_INT(t, getrandom(bytes, sizeof(bytes), flags[i]), sizeof(bytes));
    CHECK_INT(t, ERROR(getrandom(bytes, sizeof(bytes), ~0U)), EINVAL);
}

#define TESTS(X) X(flags_can_be_combined) X(mappings) X(sharing) X(advice) X(random_numbers)
CHECK_MAIN(TESTS)
