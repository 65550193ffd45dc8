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
    X(no_answer)
CHECK_MAIN(TESTS)
