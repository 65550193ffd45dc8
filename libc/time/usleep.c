// SPDX-License-Identifier: BSD-2-Clause
// Sleeping for microseconds.

#define _GNU_SOURCE
#include <time.h>
#include <unistd.h>

int usleep(unsigned microseconds) {
    struct timespec time = {.tv_sec = microseconds / 1000000,
                            .tv_nsec = (long)(microseconds % 1000000) * 1000};
    return nanosleep(&time, NULL);
}
