// SPDX-License-Identifier: BSD-2-Clause
// What the library tells about itself and the machine.

#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "check.h"

static void the_machine(struct check *t) {
    long page = sysconf(_SC_PAGESIZE), processors = sysconf(_SC_NPROCESSORS_ONLN);
    CHECK_INT(t, getpagesize(), page);
    char *memory = mmap(NULL, 2 * page, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0);
    CHECK_REQUIRE(t, memory != MAP_FAILED);
    CHECK_INT(t, mprotect(memory + page, page, PROT_READ | PROT_WRITE), 0);
    CHECK_INT(t, munmap(memory, 2 * page), 0);
    CHECK(t, processors >= 1);
    CHECK_INT(t, get_nprocs(), processors);
    CHECK_INT(t, get_nprocs_conf(), processors);
}

static void the_library(struct check *t) {
    CHECK_INT(t, sysconf(_SC_VERSION), _POSIX_VERSION);
    CHECK_INT(t, sysconf(_SC_THREADS), _POSIX_VERSION);
    CHECK_INT(t, sysconf(_SC_THREAD_KEYS_MAX), PTHREAD_KEYS_MAX);
    CHECK_INT(t, sysconf(_SC_IOV_MAX), IOV_MAX);
}

// What the header promises or denies, the library says as well.
static void the_header(struct check *t) {
    static const struct {
        int name;
        long value;
    } options[] = {
#define OPTION(name) {_SC_##name, _POSIX_##name},
        // clang-format off
        OPTION(ADVISORY_INFO) OPTION(ASYNCHRONOUS_IO) OPTION(BARRIERS) OPTION(CLOCK_SELECTION)
        OPTION(CPUTIME) OPTION(FSYNC) OPTION(IPV6) OPTION(MAPPED_FILES) OPTION(MEMLOCK)
        OPTION(MEMLOCK_RANGE) OPTION(MEMORY_PROTECTION) OPTION(MESSAGE_PASSING)
        OPTION(MONOTONIC_CLOCK) OPTION(RAW_SOCKETS) OPTION(READER_WRITER_LOCKS)
        OPTION(REALTIME_SIGNALS) OPTION(REGEXP) OPTION(SEMAPHORES)
        OPTION(SHARED_MEMORY_OBJECTS) OPTION(SPAWN) OPTION(SPIN_LOCKS) OPTION(THREADS)
        OPTION(THREAD_ATTR_STACKADDR) OPTION(THREAD_ATTR_STACKSIZE) OPTION(THREAD_CPUTIME)
        OPTION(THREAD_PRIORITY_SCHEDULING) OPTION(THREAD_SAFE_FUNCTIONS) OPTION(TIMEOUTS)
        // clang-format on
    };
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); ++i)
        if (sysconf(options[i].name) != options[i].value)
            check_fail(t, __FILE__, __LINE__, "sysconf(%d) is %ld, not %ld", options[i].name,
                       sysconf(options[i].name), options[i].value);
}

static void no_answer(struct check *t) {
    errno = 0;
    CHECK_INT(t, sysconf(_SC_MESSAGE_PASSING), -1);
    CHECK_INT(t, sysconf(_SC_PHYS_PAGES), -1);
    CHECK_INT(t, sysconf(_SC_SPAWN), -1);
    CHECK_INT(t, errno, 0);
    CHECK_INT(t, sysconf(-1), -1);
    CHECK_INT(t, errno, EINVAL);
    errno = 0;
    CHECK_INT(t, sysconf(100000), -1);
    CHECK_INT(t, errno, EINVAL);
}

#define TESTS(X)                                                                                   \
    X(the_machine)                                                                                 \
    X(the_library)                                                                                 \
    X(the_header)                                                                                  \
    X(no_answer)
CHECK_MAIN(TESTS)
