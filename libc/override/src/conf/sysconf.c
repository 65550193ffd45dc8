// SPDX-License-Identifier: BSD-2-Clause
// What the library can tell about itself and the machine. What belongs to the machine's owner, or
// exists for interfaces that do not, has no answer here: -1, without an error where POSIX says
// "indeterminate", with EINVAL for a name that means nothing.

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "libc.h"
#include "sync.h"

// Options that are there in POSIX.1-2008's version.
static bool offered(int name) {
    switch (name) {
    case _SC_2_C_BIND:
    case _SC_2_VERSION:
    case _SC_ADVISORY_INFO:
    case _SC_BARRIERS:
    case _SC_CLOCK_SELECTION:
    case _SC_CPUTIME:
    case _SC_FSYNC:
    case _SC_IPV6:
    case _SC_MAPPED_FILES:
    case _SC_MEMORY_PROTECTION:
    case _SC_MONOTONIC_CLOCK:
    case _SC_READER_WRITER_LOCKS:
    case _SC_SEMAPHORES:
    case _SC_SPIN_LOCKS:
    case _SC_SYNCHRONIZED_IO:
    case _SC_THREADS:
    case _SC_THREAD_ATTR_STACKADDR:
    case _SC_THREAD_ATTR_STACKSIZE:
    case _SC_THREAD_CPUTIME:
    case _SC_THREAD_SAFE_FUNCTIONS:
    case _SC_TIMEOUTS:
    case _SC_VERSION:
        return true;
    case _SC_THREAD_PROCESS_SHARED:
        return __check_shared(PTHREAD_PROCESS_SHARED) == 0;
    default:
        return false;
    }
}

// Limits of the library's own making.
static long limit(int name) {
    switch (name) {
    case _SC_CLK_TCK:
        return 100;
    case _SC_IOV_MAX:
        return IOV_MAX;
    case _SC_NPROCESSORS_CONF:
    case _SC_NPROCESSORS_ONLN:
        return (long)libc.ncpus;
    case _SC_PAGESIZE:
        return (long)PAGE_SIZE;
    case _SC_REGEXP:
        return 1;
    case _SC_RE_DUP_MAX:
        return RE_DUP_MAX;
    case _SC_SEM_VALUE_MAX:
        return SEM_VALUE_MAX;
    case _SC_THREAD_DESTRUCTOR_ITERATIONS:
        return PTHREAD_DESTRUCTOR_ITERATIONS;
    case _SC_THREAD_KEYS_MAX:
        return PTHREAD_KEYS_MAX;
    case _SC_THREAD_STACK_MIN:
        return PTHREAD_STACK_MIN;
    case _SC_TZNAME_MAX:
        return TZNAME_MAX;
    case _SC_V6_LP64_OFF64:
    case _SC_V7_LP64_OFF64:
    case _SC_XBS5_LP64_OFF64:
        return sizeof(long) == 8 ? 1 : -1;
    default:
        return -1;
    }
}

long sysconf(int name) {
    if (name < 0 || name > _SC_THREAD_ROBUST_PRIO_PROTECT) {
        errno = EINVAL;
        return -1;
    }
    return offered(name) ? _POSIX_VERSION : limit(name);
}
