// SPDX-License-Identifier: BSD-2-Clause
// The process's use of processor time, which the ABI does not divide into the program's and the
// system's share: all of it counts as the program's. Children cannot be asked for theirs.

#include <sys/times.h>
#include <time.h>
#include <unistd.h>

static clock_t ticks(clockid_t clock) {
    struct timespec time;
    if (__clock_gettime(clock, &time) != 0)
        return -1;
    long second = sysconf(_SC_CLK_TCK);
    return time.tv_sec * second + time.tv_nsec / (1000000000 / second);
}

clock_t times(struct tms *use) {
    *use = (struct tms){.tms_utime = ticks(CLOCK_PROCESS_CPUTIME_ID)};
    return ticks(CLOCK_MONOTONIC);
}
