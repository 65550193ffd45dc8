/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for descriptors, for poll() and select() alike. */
#ifndef WAITING_H
#define WAITING_H

#include <features.h>
#include <poll.h>
#include <time.h>

/* poll(), with a time-out in a timespec; NULL waits for ever. -1 with errno: EINVAL for a time-out
 * that is none, ENOTSUP for a descriptor waited for without interest in reading or writing. */
hidden int __wait_for_descriptors(struct pollfd *fds, size_t count, const struct timespec *timeout);

#endif
