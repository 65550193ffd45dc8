// SPDX-License-Identifier: BSD-2-Clause
#include "descriptors.h"

#include <stdlib.h>
#include <unistd.h>

static int compare(const void *one, const void *other) {
    int a = *(const int *)one, b = *(const int *)other;
    return (a > b) - (a < b);
}

int descriptors_keep(int *fds, size_t count) {
    qsort(fds, count, sizeof *fds, compare);
    int next = STDERR_FILENO + 1;
    for (size_t i = 0; i < count; i++) {
        if (fds[i] < next)
            continue;
        if (fds[i] > next && close_range((unsigned)next, (unsigned)fds[i] - 1, 0) != 0)
            return -1;
        next = fds[i] + 1;
    }
    return close_range((unsigned)next, ~0U, 0);
}

int descriptors_release(int filler, int *fds, size_t count) {
    if (dup2(filler, STDIN_FILENO) != STDIN_FILENO || dup2(filler, STDOUT_FILENO) != STDOUT_FILENO)
        return -1;
    return descriptors_keep(fds, count);
}
