// SPDX-License-Identifier: BSD-2-Clause
// Use of processor time. Of what else `struct rusage` holds the ABI tells nothing: it stays 0.

#include <errno.h>
#include <sys/resource.h>
#include <time.h>

int getrusage(int who, struct rusage *use) {
    // Children cannot be asked.
    if (who != RUSAGE_SELF && who != RUSAGE_THREAD) {
        errno = EINVAL;
        return -1;
    }
    struct timespec time;
    if (clock_gettime(who == RUSAGE_SELF ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID,
                      &time) != 0)
        return -1;
    *use = (struct rusage){0};
    use->ru_utime.tv_sec = time.tv_sec;
    use->ru_utime.tv_usec = time.tv_nsec / 1000;
    return 0;
}
