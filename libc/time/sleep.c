// SPDX-License-Identifier: BSD-2-Clause
// Sleeping for seconds. Nothing can interrupt it.

#include <time.h>
#include <unistd.h>

unsigned sleep(unsigned seconds) {
    struct timespec time = {.tv_sec = seconds};
    return clock_nanosleep(CLOCK_REALTIME, 0, &time, NULL) == 0 ? 0 : seconds;
}
